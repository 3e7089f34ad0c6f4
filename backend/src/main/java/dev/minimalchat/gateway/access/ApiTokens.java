package dev.minimalchat.gateway.access;

import dev.minimalchat.gateway.limits.ApiClient;
import dev.minimalchat.gateway.upstream.Provider;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The tokens of programs. The demo has one without being configured.
@Component
class ApiTokens {
  private static final NamedSecret DEMO = new NamedSecret("default", "dev-token");

  private final List<NamedSecret> tokens;

  ApiTokens(ApiTokenProperties properties, Provider provider) {
    List<NamedSecret> configured = NamedSecret.parseAll(properties.tokens());
    this.tokens = configured.isEmpty() && provider.isDemo() ? List.of(DEMO) : configured;
  }

  /// Whether there are any; otherwise the routes for programs do not exist.
  boolean exist() {
    return !tokens.isEmpty();
  }

  /// The program whose token this is, or null. Compares in constant time.
  @Nullable ApiClient match(String token) {
    byte[] candidate = bytes(token);
    ApiClient match = null;
    for (NamedSecret known : tokens) {
      if (MessageDigest.isEqual(candidate, bytes(known.secret()))) {
        match = new ApiClient(known.name());
      }
    }
    return match;
  }

  private static byte[] bytes(String token) {
    return token.getBytes(StandardCharsets.UTF_8);
  }
}
