package dev.minimalchat.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedOriginsTest {
  private static final String PREVIEWS = "https://chat(-[a-z0-9]+)?\\.vercel\\.app";

  @Test
  void allowsTheListedOrigins() {
    AllowedOrigins origins =
        new AllowedOrigins(TestAccess.origins("https://a.example", "http://localhost:3000"));

    assertThat(origins.allows("https://a.example")).isTrue();
    assertThat(origins.allows("http://localhost:3000")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a.example.evil.example",
        "https://evil-a.example",
        "https://evil.example/https://a.example",
        "https://a.example@evil.example",
        "https://sub.a.example",
        "https://a.exampl",
        "https://a.example:443",
        "https://a.example:8443",
        "http://a.example",
        "https://a.example/",
        "https://a.example ",
        " https://a.example",
        "https://A.EXAMPLE",
        "HTTPS://a.example",
        "https://a.example\r\nX-Injected: 1",
        "https://a.example, https://a.example",
        "https://a.example\u0000",
        "https://\u0430.example",
        "null",
        "*",
        ""
      })
  void rejectsAnOriginThatDiffersFromTheListedOne(String origin) {
    assertThat(new AllowedOrigins(TestAccess.origins("https://a.example")).allows(origin))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://chat.vercel.app", "https://chat-git7.vercel.app"})
  void allowsAnOriginThatMatchesThePattern(String origin) {
    assertThat(new AllowedOrigins(TestAccess.originPattern(PREVIEWS)).allows(origin)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://chat.vercel.app.evil.example",
        "https://evil.example/?https://chat.vercel.app",
        "https://evilchat.vercel.app",
        "https://chatXvercel.app",
        "https://chat.vercel.app:444",
        "http://chat.vercel.app",
        "https://CHAT.vercel.app",
        "https://chat.vercel.app\nhttps://evil.example",
        "https://evil.example\nhttps://chat.vercel.app",
        "null"
      })
  void rejectsAnOriginThatMatchesThePatternOnlyInPart(String origin) {
    assertThat(new AllowedOrigins(TestAccess.originPattern(PREVIEWS)).allows(origin)).isFalse();
  }

  @Test
  void neverAllowsTheNullOrigin() {
    assertThat(new AllowedOrigins(TestAccess.originPattern(".*")).allows("null")).isFalse();
    assertThat(new AllowedOrigins(TestAccess.origins()).allows("null")).isFalse();
  }

  @Test
  void allowsNoOriginByDefault() {
    assertThat(new AllowedOrigins(TestAccess.origins()).allows("https://a.example")).isFalse();
    assertThat(new AllowedOrigins(TestAccess.originPattern(" ")).allows("https://a.example"))
        .isFalse();
  }

  /// A backtracking engine would not finish these in any practical time.
  @ParameterizedTest
  @ValueSource(strings = {"(a+)+", "(a|aa)+", "(.*a){30}", "(a*)*b"})
  void matchesInLinearTimeForEveryPattern(String pattern) {
    AllowedOrigins origins =
        new AllowedOrigins(TestAccess.originPattern("https://" + pattern + "\\.example"));

    assertThat(origins.allows("https://" + "a".repeat(8_000) + "!")).isFalse();
  }

  @Test
  void rejectsAnOriginLongerThanAnyHostNameWhateverThePattern() {
    AllowedOrigins origins = new AllowedOrigins(TestAccess.originPattern("https://.*[.]example"));

    assertThat(origins.allows("https://" + "a".repeat(200) + ".example")).isTrue();
    assertThat(origins.allows("https://" + "a".repeat(2_500) + ".example")).isFalse();
  }

  @Test
  void rejectsAPatternWithABackreference() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestAccess.originPattern("https://(a)\\1\\.example"))
        .withMessageStartingWith("ALLOWED_ORIGIN_REGEX is not a regular expression (RE2 syntax)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "https://*.example",
        "a.example",
        "https://a.example/",
        "https://a.example/chat",
        "https://A.example",
        "null"
      })
  void rejectsAListEntryThatIsNoOrigin(String origin) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestAccess.origins(origin))
        .withMessageStartingWith("ALLOWED_ORIGINS is not a list of origins");
  }
}
