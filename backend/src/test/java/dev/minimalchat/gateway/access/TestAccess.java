package dev.minimalchat.gateway.access;

import dev.minimalchat.gateway.limits.ClientAddresses;
import dev.minimalchat.gateway.limits.TestClientAddresses;
import dev.minimalchat.gateway.upstream.Provider;
import java.net.URI;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Settings that differ from the defaults only in the value under test.
final class TestAccess {
  static final String TOKEN = "the-current-token";

  /// A proxy on the loopback address is trusted.
  static final ClientAddresses ADDRESSES = TestClientAddresses.trusting("127.0.0.1/32");

  private TestAccess() {}

  static AccessCodes codes(String entries) {
    return new AccessCodes(new AccessCodeProperties(entries));
  }

  /// The users of a gateway whose proxy on the loopback address names them.
  ///
  /// @param header null if no proxy authenticates users
  static TrustedUsers users(@Nullable String header) {
    return new TrustedUsers(
        new TrustedUserProperties(header, "127.0.0.1/32", null, "secret"), ADDRESSES);
  }

  static AccessProperties origins(String... exact) {
    return new AccessProperties(TOKEN, null, null, Set.of(exact), null, Set.of());
  }

  static AccessProperties originPattern(String regex) {
    return new AccessProperties(TOKEN, null, null, Set.of(), regex, Set.of());
  }

  static AccessProperties rotation(@Nullable String previous, @Nullable Instant until) {
    return new AccessProperties(TOKEN, previous, until, Set.of(), null, Set.of());
  }

  /// The API tokens of a gateway with a real provider.
  static ApiTokens apiTokens(String entries) {
    Provider provider = new Provider("custom", URI.create("http://localhost/v1"), "key", "model");
    return new ApiTokens(new ApiTokenProperties(entries), provider);
  }
}
