package dev.minimalchat.gateway.access;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The tokens of programs. `application.yml` maps the environment variable.
///
/// @param tokens `name:secret`, comma-separated; without any, the routes for programs do not exist
@ConfigurationProperties("minimalchat.api")
record ApiTokenProperties(@DefaultValue("") String tokens) {
  ApiTokenProperties {
    NamedSecret.check(NamedSecret.parseAll(tokens), "API_TOKENS", "token");
  }

  @Override
  public String toString() {
    return "ApiTokenProperties[" + NamedSecret.parseAll(tokens) + "]";
  }
}
