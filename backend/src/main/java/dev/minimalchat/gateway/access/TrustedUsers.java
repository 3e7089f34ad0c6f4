package dev.minimalchat.gateway.access;

import dev.minimalchat.gateway.limits.ClientAddresses;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// The users that a trusted proxy has authenticated. The header of any other peer is not believed.
@Component
class TrustedUsers {
  private static final Logger log = LoggerFactory.getLogger(TrustedUsers.class);
  private static final String HMAC = "HmacSHA256";
  private static final int MAX_CHARS = 256;

  /// Enough to tell the users of a deployment apart.
  private static final int HASH_CHARS = 12;

  private final @Nullable String header;
  private final boolean isOnRailway;
  private final SecretKeySpec secret;
  private final ClientAddresses addresses;

  TrustedUsers(TrustedUserProperties properties, ClientAddresses addresses) {
    this.header = properties.header();
    this.isOnRailway = properties.railway() != null && !properties.railway().isBlank();
    this.secret =
        new SecretKeySpec(("user " + properties.secret()).getBytes(StandardCharsets.UTF_8), HMAC);
    this.addresses = addresses;
  }

  /// Whether a proxy has to name a user.
  boolean areRequired() {
    return header != null;
  }

  /// The user of a request; null if the peer is not a trusted proxy, or has not named exactly one.
  @Nullable String of(HttpServletRequest request) {
    if (header == null || !addresses.isFromTrustedProxy(request)) {
      return null;
    }
    List<String> values = Collections.list(request.getHeaders(header));
    String name = values.size() == 1 ? values.getFirst().strip() : "";
    boolean isOne = !name.isEmpty() && name.length() <= MAX_CHARS && name.indexOf(',') < 0;
    return isOne ? name : null;
  }

  /// For the log: without the provider's key, a name cannot be found by trying.
  String hash(String name) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(secret);
      byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, HASH_CHARS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC", e);
    }
  }

  @EventListener(ApplicationReadyEvent.class)
  void warn() {
    if (header != null && isOnRailway) {
      log.warn(
          "TRUSTED_USER_HEADER on Railway: its public domain passes the header of any visitor;"
              + " remove that domain, or any visitor can be any user");
    }
  }
}
