package dev.minimalchat.gateway.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.minimalchat.gateway.limits.StreamLimiter;
import dev.minimalchat.gateway.upstream.Provider;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.info.BuildProperties;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `GET /health`: needs no token and never calls the provider, so it can be polled.
@RestController
class HealthController {
  private final Health ok;
  private final StreamLimiter streams;

  HealthController(Provider provider, BuildProperties build, StreamLimiter streams) {
    this.streams = streams;
    this.ok = new Health("ok", provider.model(), provider.name(), build.getVersion());
  }

  @GetMapping("/health")
  ResponseEntity<Health> health() {
    return streams.isDraining()
        ? ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body(Health.DRAINING)
        : ResponseEntity.ok(ok);
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Health(
      String status, @Nullable String model, @Nullable String provider, @Nullable String version) {
    static final Health DRAINING = new Health("draining", null, null, null);
  }
}
