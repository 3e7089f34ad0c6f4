package dev.minimalchat.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
  private static final JsonMapper JSON = new JsonMapper();

  /// Texts as they stand between the quotes.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "Hello, 世界 👋",
        "\\\"quoted\\\" \\\\ \\/ \\b\\f\\n\\r\\t",
        "ends with a backslash \\\\",
        "\\u00e9\\uD83D\\uDC4B",
        "a lone \\ud83d surrogate",
      })
  void forwardsATextAsItWasReceived(String text) throws IOException {
    JsonText read = read("{ \"a\" :\t\"x\", \"text\" : \"" + text + "\", \"b\":[1]}");

    assertThat(new String(JSON.writeValueAsBytes(read), UTF_8)).isEqualTo("\"" + text + "\"");
    assertThat(read.length()).isEqualTo(JSON.readValue("\"" + text + "\"", String.class).length());
  }

  @Test
  void forwardsATextLongerThanEveryBuffer() throws IOException {
    String text = "è👋\\n\\u0041".repeat(50_000);

    JsonText read = read("{\"text\":\"" + text + "\"}");

    assertThat(new String(JSON.writeValueAsBytes(read), UTF_8)).isEqualTo("\"" + text + "\"");
    assertThat(read.length()).isEqualTo(5 * 50_000);
  }

  @Test
  void skipsAByteOrderMark() throws IOException {
    assertThat(
            JSON.writeValueAsString(
                JSON.readTree(JSON.writeValueAsBytes(read("\uFEFF{\"text\":\"a\"}")))))
        .isEqualTo("\"a\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\\n\\t\\r\\f\\b", "\\u0020\\u0000", " \\u001f "})
  void isBlankWithoutVisibleCharacters(String text) throws IOException {
    assertThat(read("{\"text\":\"" + text + "\"}").isBlank()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", " \\u0041", "\\\\n", "\\\"", "\u00a0"})
  void isNotBlankWithACharacter(String text) throws IOException {
    assertThat(read("{\"text\":\"" + text + "\"}").isBlank()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\":\"a",
        "{\"text\":\"\\",
        "{\"text\":\"\\x\"}",
        "{\"text\":\"\\u12\"}",
        "{\"text\":\"a\nb\"}"
      })
  void leavesInvalidJsonToTheParser(String body) {
    assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> read(body));
  }

  @Test
  void rejectsInvalidUtf8() {
    for (String bytes : List.of("\u00ff", "\u00c3", "\u00ed\u00a0\u0080", "\u00c0\u0080")) {
      byte[] body = ("{\"text\":\"" + bytes + "\"}").getBytes(StandardCharsets.ISO_8859_1);
      assertThatExceptionOfType(IOException.class).as(bytes).isThrownBy(() -> read(body));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32"})
  void rejectsAnotherEncoding(String charset) {
    byte[] body = "{\"text\":\"a\"}".getBytes(Charset.forName(charset));

    assertThatExceptionOfType(CharacterCodingException.class).isThrownBy(() -> read(body));
  }

  @Test
  void neverShowsItsContent() {
    assertThat(JsonText.of("secret")).hasToString("JsonText[6]");
  }

  private static JsonText read(String body) throws IOException {
    return read(body.getBytes(UTF_8));
  }

  private static JsonText read(byte[] body) throws IOException {
    return JSON.readerFor(Holder.class)
        .withAttribute(JsonText.BODY, body)
        .<Holder>readValue(body)
        .text();
  }

  private record Holder(String a, JsonText text, List<Integer> b) {}
}
