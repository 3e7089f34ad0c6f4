package dev.minimalchat.gateway.resume;

import dev.minimalchat.gateway.errors.Failure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// The client's secret for one answer: the permission to read it or to stop it, where users or
/// access codes are known only for the same one. Answers are found by its hash; the secret itself
/// is never logged, stored or sent.
///
/// @param secret as the client has sent it
/// @param hash SHA-256 of the secret and of what it is bound to, in hexadecimal digits
public record ResumeKey(String secret, String hash) {
  public static final String HEADER = "Resume-Key";

  /// base64url; the shortest has 132 bits.
  private static final Pattern FORMAT = Pattern.compile("[A-Za-z0-9_-]{22,64}");

  /// Parses the header.
  ///
  /// @throws Failure INVALID_REQUEST if it has not the documented form
  public static ResumeKey parse(String secret) {
    if (!FORMAT.matcher(secret).matches()) {
      throw Failure.invalidRequest(HEADER + " is not 22 to 64 characters of base64url.");
    }
    return new ResumeKey(secret, hash(secret.getBytes(StandardCharsets.US_ASCII)));
  }

  /// The key that finds only the answers of this user or access code.
  public ResumeKey boundTo(String identity) {
    // No secret has a line break.
    return new ResumeKey(secret, hash((secret + "\n" + identity).getBytes(StandardCharsets.UTF_8)));
  }

  /// SHA-256, such as of a request's body.
  public static String hash(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "ResumeKey";
  }
}
