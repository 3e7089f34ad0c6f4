package dev.minimalchat.gateway.access;

import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The access codes that the page's users type once. The page sends the code instead of its public
/// token.
@Component
class AccessCodes {
  private final List<NamedSecret> codes;

  AccessCodes(AccessCodeProperties properties) {
    this.codes = NamedSecret.parseAll(properties.codes());
  }

  /// Whether a code is required.
  boolean exist() {
    return !codes.isEmpty();
  }

  /// The name of the code, or null. Compares the digests of all codes in constant time.
  @Nullable String match(String candidate) {
    byte[] digest = Sha256.digest(candidate);
    String name = null;
    for (NamedSecret code : codes) {
      if (MessageDigest.isEqual(digest, Sha256.digest(code.secret()))) {
        name = code.name();
      }
    }
    return name;
  }
}
