package dev.minimalchat.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrandPropertiesTest {
  private static final byte[] PNG = "\u0089PNG\r\n\u001a\n…".getBytes(StandardCharsets.ISO_8859_1);

  @ParameterizedTest
  @ValueSource(strings = {" ", "\t\n", "\u2003"})
  void rejectsABlankDisclosure(String blank) {
    assertRejected("disclosure", blank, "DISCLOSURE is blank: the text must be readable");
  }

  @Test
  void countsCharactersAsAReaderDoes() {
    assertThat(TestBrand.of(Map.of("disclosure", "😀".repeat(300))).disclosure()).hasSize(600);
    assertRejected("disclosure", "x".repeat(301), "DISCLOSURE is longer than 300 characters");
    assertRejected("title", "x".repeat(61), "BRAND_TITLE is longer than 60 characters");
    assertRejected("greeting", "x".repeat(201), "GREETING is longer than 200 characters");
    assertRejected("placeholder", "x".repeat(101), "PLACEHOLDER is longer than 100 characters");
    assertRejected("notice", "x".repeat(301), "NOTICE is longer than 300 characters");
  }

  @Test
  void rejectsATextOfSeveralLines() {
    assertRejected("title", "a\nb", "BRAND_TITLE has a line break or another control character");
  }

  @Test
  void readsSuggestionsByLine() {
    assertThat(TestBrand.of(Map.of("suggestions", " a \r\n\n b,c\n")).suggestionList())
        .containsExactly("a", "b,c");
    assertRejected("suggestions", "a\n".repeat(7), "SUGGESTIONS has more than 6 lines");
    assertRejected(
        "suggestions", "x".repeat(201), "SUGGESTIONS has a line of more than 200 characters");
  }

  @Test
  void readsLinksByLine() {
    String links = "Privacy = https://example.com/p?a=b\nMail=mailto:me@example.com";

    assertThat(TestBrand.of(Map.of("links", links)).linkList())
        .containsExactly(
            new BrandProperties.Link("Privacy", "https://example.com/p?a=b"),
            new BrandProperties.Link("Mail", "mailto:me@example.com"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Privacy", "=https://example.com", "a=javascript:alert(1)", "a=http://example.com",
        "a=https:///x", "a=data:text/html,x", "a=https://exa mple.com", "a=HTTPS://example.com"
      })
  void rejectsALinkThatIsNone(String line) {
    assertRejected("links", line, "LINKS has a line that is not Label=https://… or Label=mailto:…");
  }

  @Test
  void readsALogoFromAFileOrADataUrl(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("a"), PNG);
    String url = "data:image/png;base64," + Base64.getEncoder().encodeToString(PNG);
    String svg = "data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E";

    assertThat(BrandLogo.read(file.toString()).file()).isEqualTo("logo.png");
    assertThat(BrandLogo.read(url).image().getByteArray()).isEqualTo(PNG);
    assertThat(BrandLogo.read(svg).file()).isEqualTo("logo.svg");
    assertThat(BrandLogo.read(url.replaceAll("(.{30})", "$1\n")).file()).isEqualTo("logo.png");
    assertThat(BrandLogo.read("data:image/svg+xml;charset=utf-8,<!-- a -->\n<svg />").file())
        .isEqualTo("logo.svg");
  }

  @Test
  void rejectsALogoThatIsTooLarge(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("a"), Arrays.copyOf(PNG, (16 << 10) + 1));

    assertRejected("logo", file.toString(), "BRAND_LOGO is larger than 16 KB");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/no/such/file            | is neither a data: URL nor a file that can be read",
        "data:text/html,x         | is not a data: URL of an image",
        "data:image/png;base64,?? | is not a data: URL of an image",
        "data:image/png,GIF89a    | is not a PNG, JPEG, WebP or SVG image",
        "data:image/svg+xml,<svg onload=a()/>         | is an SVG image with scripts",
        "data:image/svg+xml,<svg><script>a()</script> | is an SVG image with scripts"
      })
  void rejectsALogoThatIsNone(String value, String problem) {
    assertRejected("logo", value, "BRAND_LOGO " + problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"EN", "xx", "de-AT", "de,fr", " "})
  void rejectsALanguageThatThePageDoesNotHave(String language) {
    assertRejected(
        "language", language, "PAGE_LANGUAGE is none of auto, en, de, fr, es, it, pt, nl, ar");
  }

  @Test
  void leavesTheLanguageToTheBrowserUnlessItIsSet() {
    assertThat(TestBrand.of(Map.of()).language()).isEqualTo("auto");
    assertThat(TestBrand.of(Map.of("language", "ar")).language()).isEqualTo("ar");
  }

  private static void assertRejected(String setting, String value, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestBrand.of(new HashMap<>(Map.of(setting, value))))
        .withMessage(message);
  }
}
