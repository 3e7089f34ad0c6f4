package dev.minimalchat.gateway.page;

import dev.minimalchat.gateway.access.AccessProperties;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param serve whether this gateway also serves the page
/// @param embedOrigins of the sites that may show the page in a frame
@ConfigurationProperties("minimalchat.page")
record PageProperties(boolean serve, @DefaultValue Set<String> embedOrigins) {
  PageProperties {
    if (!embedOrigins.stream().allMatch(AccessProperties::isOrigin)) {
      throw new IllegalArgumentException(
          "EMBED_ORIGINS is not a list of origins, such as https://www.example.com");
    }
  }
}
