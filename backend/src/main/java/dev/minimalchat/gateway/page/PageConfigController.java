package dev.minimalchat.gateway.page;

import dev.minimalchat.gateway.access.AccessProperties;
import dev.minimalchat.gateway.upstream.Provider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `GET /config.json`: tells the page that its gateway is where it came from. The static build
/// writes the same file.
@RestController
@ConditionalOnBooleanProperty("page.serve")
class PageConfigController {
  private final PageConfig config;

  PageConfigController(AccessProperties access, Provider provider) {
    boolean demo = provider.name().equals("demo");
    this.config = new PageConfig("", access.token(), provider.model(), demo);
  }

  @GetMapping("/config.json")
  ResponseEntity<PageConfig> config() {
    return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(config);
  }

  record PageConfig(String gatewayUrl, String gatewayToken, String model, boolean demo) {}
}
