package dev.minimalchat.gateway.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minimalchat.gateway.resume.ResumeKey;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;

class AnswerCipherTest {
  private static final byte[] TEXT = "a sentence".getBytes(US_ASCII);

  private final AnswerCipher cipher = new AnswerCipher(ResumeKey.parse("a-key-of-22-characters"));

  @Test
  void readsWhatAnotherInstanceHasEncrypted() throws Exception {
    AnswerCipher other = new AnswerCipher(ResumeKey.parse("a-key-of-22-characters"));

    assertThat(other.decrypt(7, cipher.encrypt(7, TEXT))).isEqualTo(TEXT);
  }

  @Test
  void encryptsTheSameTextDifferentlyEachTime() {
    assertThat(cipher.encrypt(7, TEXT)).isNotEqualTo(cipher.encrypt(7, TEXT));
  }

  @Test
  void needsTheKeyOfTheAnswer() {
    AnswerCipher foreign = new AnswerCipher(ResumeKey.parse("another-key-of-22-chars"));

    assertThatExceptionOfType(GeneralSecurityException.class)
        .isThrownBy(() -> foreign.decrypt(7, cipher.encrypt(7, TEXT)));
  }

  @Test
  void noticesAChangedTextAndAChangedPlace() {
    byte[] encrypted = cipher.encrypt(7, TEXT);
    assertThatExceptionOfType(GeneralSecurityException.class)
        .isThrownBy(() -> cipher.decrypt(8, encrypted));

    encrypted[encrypted.length - 1] ^= 1;
    assertThatExceptionOfType(GeneralSecurityException.class)
        .isThrownBy(() -> cipher.decrypt(7, encrypted));
    assertThatExceptionOfType(GeneralSecurityException.class)
        .isThrownBy(() -> cipher.decrypt(7, new byte[3]));
  }
}
