package dev.minimalchat.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DisplayTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"Mount Columbia | Britannica", "漢字", "می\u200cخواهم", "👩\u200d👧", "<b>&amp;"})
  void keepsAnOrdinaryTitle(String title) {
    assertThat(DisplayText.of(title, 200)).isEqualTo(title);
  }

  @ParameterizedTest
  @CsvSource({
    "'a\nb\t\tc', a b c",
    "'  a  ', a",
    "'a\u202Egnp.exe', agnp.exe",
    "'\u2067a\u2069', a",
    "'a\u0000\u001b[31mb', a[31mb",
    "'a\u2028b', a b",
    "'\u200e\u200f', ",
    "'\ud83d', ",
    "'', "
  })
  void isOneLineWithoutControlCharacters(String title, @Nullable String expected) {
    assertThat(DisplayText.of(title, 200)).isEqualTo(expected);
  }

  @Test
  void isCutBetweenCharacters() {
    assertThat(DisplayText.of("a👩b", 2)).isEqualTo("a");
    assertThat(DisplayText.of("a👩b", 3)).isEqualTo("a👩");
    assertThat(DisplayText.of("x".repeat(1 << 20), 200)).hasSize(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com",
        "http://example.com:8080/a?b=c#d",
        "HTTPS://EXAMPLE.COM/",
        "https://пример.рф/ü",
        "https://[::1]/",
        "https://example.com/@user?mail=a@b.c",
        "https://example.com/a_(b)|c"
      })
  void acceptsTheAddressOfAPage(String url) {
    assertThat(DisplayText.httpUrl(url)).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "javascript:alert(1)",
        " https://example.com",
        "https://example.com/a b",
        "https://example.com/\u202E",
        "https://example.com/\n",
        "https://example.com/\ud83d",
        "https://",
        "https:///path",
        "https://good.example@evil.example/",
        "https://good.example\\@evil.example/",
        "data:text/html,x",
        "ftp://example.com",
        "//example.com",
        "example.com",
        "httpss://example.com"
      })
  void refusesEverythingElse(String url) {
    assertThat(DisplayText.httpUrl(url)).isNull();
  }

  @Test
  void refusesAnAddressThatIsTooLong() {
    String url = "https://example.com/" + "x".repeat(2048 - 20);

    assertThat(DisplayText.httpUrl(url)).isNotNull();
    assertThat(DisplayText.httpUrl(url + "x")).isNull();
  }
}
