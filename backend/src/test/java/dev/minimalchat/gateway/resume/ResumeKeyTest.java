package dev.minimalchat.gateway.resume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeKeyTest {
  private static final String SECRET = "abcdefghijklmnopqrst-_";

  @Test
  void acceptsBase64UrlOf22To64Characters() {
    assertThat(ResumeKey.parse(SECRET).hash()).hasSize(64).doesNotContain(SECRET);
    assertThat(ResumeKey.parse("A".repeat(64)).hash()).hasSize(64);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "abcdefghijklmnopqrstu", "abcdefghijklmnopqrst+/", "abcdefghijklmnopqrstüv"})
  void refusesAnythingElseWithoutRepeatingIt(String secret) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> ResumeKey.parse(secret))
        .returns(ErrorCode.INVALID_REQUEST, Failure::code)
        .returns("Resume-Key is not 22 to 64 characters of base64url.", Failure::userMessage);
    assertThatExceptionOfType(Failure.class).isThrownBy(() -> ResumeKey.parse("A".repeat(65)));
  }

  @Test
  void neverPrintsTheSecret() {
    assertThat(ResumeKey.parse(SECRET)).hasToString("ResumeKey");
  }

  @Test
  void isAnotherKeyForEachUser() {
    ResumeKey key = ResumeKey.parse(SECRET);

    assertThat(key.boundTo("ada")).isEqualTo(ResumeKey.parse(SECRET).boundTo("ada"));
    assertThat(key.boundTo("ada").hash()).hasSize(64).isNotEqualTo(key.hash());
    assertThat(key.boundTo("ada").hash()).isNotEqualTo(key.boundTo("bob").hash());
    assertThat(key.boundTo("ada").secret()).isEqualTo(SECRET);
  }

  @Test
  void differentBodiesHaveDifferentHashes() {
    assertThat(ResumeKey.hash("a".getBytes(UTF_8)))
        .isNotEqualTo(ResumeKey.hash("b".getBytes(UTF_8)));
  }
}
