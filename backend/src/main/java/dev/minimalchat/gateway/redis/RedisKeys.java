package dev.minimalchat.gateway.redis;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;

/// The names of everything that the gateway keeps in Redis. Clients are hashed with a key that
/// Redis does not know: without it their addresses could be found by trying all of them.
final class RedisKeys {
  static final String PREFIX = "mc:";

  private static final String HMAC = "HmacSHA256";
  private static final byte[] SALT = bytes("minimal-chatbot");
  private static final byte[] INFO = bytes("client");
  private static final int KEY_BYTES = 32;

  /// Enough that no two clients have the same hash.
  private static final int HASH_BYTES = 16;

  private final SecretKey secret;

  /// @param apiKey the provider's secret
  /// @param password of Redis, for deployments whose provider needs no key
  RedisKeys(@Nullable String apiKey, @Nullable String password) {
    var parameters =
        HKDFParameterSpec.ofExtract()
            .addSalt(SALT)
            .addIKM(bytes(apiKey == null ? "" : apiKey))
            .addIKM(bytes(password == null ? "" : password))
            .thenExpand(INFO, KEY_BYTES);
    try {
      this.secret = KDF.getInstance("HKDF-SHA256").deriveKey(HMAC, parameters);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HKDF", e);
    }
  }

  /// @param perMinute a part of the key, so that a changed limit starts a new bucket
  String rate(String client, int perMinute) {
    return PREFIX + "rate:" + perMinute + ":" + hash(client);
  }

  String streams(String client) {
    return PREFIX + "streams:" + hash(client);
  }

  static String day(LocalDate day) {
    return PREFIX + "day:" + day;
  }

  /// The HMAC of a client's address or of a token's name.
  String hash(String client) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(secret);
      byte[] hash = Arrays.copyOf(mac.doFinal(bytes(client)), HASH_BYTES);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
