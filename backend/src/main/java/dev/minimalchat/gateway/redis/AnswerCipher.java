package dev.minimalchat.gateway.redis;

import dev.minimalchat.gateway.resume.ResumeKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/// Encrypts the events of one answer with a key that only its client has: it is derived from the
/// `Resume-Key`, of which Redis has the hash. AES-256-GCM.
final class AnswerCipher {
  private static final String TRANSFORMATION = "AES/GCM/NoPadding";
  private static final byte[] SALT = "minimal-chatbot".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] INFO = "answer".getBytes(StandardCharsets.US_ASCII);
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecureRandom random = new SecureRandom();
  private final SecretKey key;

  AnswerCipher(ResumeKey resumeKey) {
    var parameters =
        HKDFParameterSpec.ofExtract()
            .addSalt(SALT)
            .addIKM(resumeKey.secret().getBytes(StandardCharsets.US_ASCII))
            .thenExpand(INFO, KEY_BYTES);
    try {
      this.key = KDF.getInstance("HKDF-SHA256").deriveKey("AES", parameters);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HKDF", e);
    }
  }

  /// @param number of the first event, which is authenticated with them
  byte[] encrypt(long number, byte[] events) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, nonce, number).doFinal(events);
      return ByteBuffer.allocate(NONCE_BYTES + encrypted.length).put(nonce).put(encrypted).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-GCM", e);
    }
  }

  /// @throws GeneralSecurityException if it is not what was encrypted
  byte[] decrypt(long number, byte[] encrypted) throws GeneralSecurityException {
    if (encrypted.length < NONCE_BYTES) {
      throw new GeneralSecurityException("too short");
    }
    byte[] nonce = new byte[NONCE_BYTES];
    ByteBuffer.wrap(encrypted).get(nonce);
    return cipher(Cipher.DECRYPT_MODE, nonce, number)
        .doFinal(encrypted, NONCE_BYTES, encrypted.length - NONCE_BYTES);
  }

  private Cipher cipher(int mode, byte[] nonce, long number) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(TRANSFORMATION);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    return cipher;
  }
}
