package dev.minimalchat.gateway.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RawJsonTest {
  private static final JsonMapper JSON = new JsonMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{ \"a\" : [ 1, 2.50, true, null, \"}\" ] }",
        "{\"a\":{\"b\":{\"c\":[{}]}}}",
        "{\"é👋\":\"\\u00e9\\\"{\"}"
      })
  void keepsAnObjectAsItWasReceived(String object) throws IOException {
    RawJson raw = read("{\"before\":\"{é\",\"raw\":" + object + " ,\"after\":[1]}");

    assertThat(JSON.writeValueAsString(raw)).isEqualTo(object);
    assertThat(JSON.writeValueAsString(raw.detached())).isEqualTo(object);
    assertThat(raw.length()).isEqualTo(object.length());
  }

  @ParameterizedTest
  @CsvSource({"{}, true", "'{ \n\t}', true", "'{\"a\":{}}', false"})
  void isEmptyWithoutFields(String object, boolean expected) throws IOException {
    assertThat(read("{\"raw\":" + object + "}").isEmpty()).isEqualTo(expected);
    assertThat(RawJson.of(object).isEmpty()).isEqualTo(expected);
  }

  @Test
  void isWrittenOnOneLine() throws IOException {
    RawJson raw = read("{\"raw\":{\n  \"a\": \"b\\n\",\r\n\n  \"c\": 1\r}}");

    assertThat(JSON.writeValueAsString(raw)).isEqualTo("{   \"a\": \"b\\n\",     \"c\": 1 }");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"a\"", "[]", "true"})
  void acceptsOnlyAnObject(String value) {
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> read("{\"raw\":" + value + "}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"a\":}", "{\"a\":1", "{a:1}", "{\"a\":1,\"a\":2}"})
  void rejectsWhatIsNoJson(String value) {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> read("{\"raw\":" + value + (value.endsWith("}") ? "}" : "")));
  }

  @Test
  void rejectsInvalidUtf8AndOtherEncodings() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> read("{\"raw\":{\"a\":\"é\"}}".getBytes(ISO_8859_1)));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> read("{\"raw\":{}}".getBytes(UTF_16)));
  }

  @Test
  void doesNotQuoteItsContent() throws IOException {
    assertThat(read("{\"raw\":{\"a\":\"canary\"}}").toString()).isEqualTo("RawJson[14]");
  }

  private static RawJson read(String body) throws IOException {
    return read(body.getBytes(UTF_8));
  }

  private static RawJson read(byte[] body) throws IOException {
    Body value =
        JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build()
            .readerFor(Body.class)
            .withAttribute(JsonText.BODY, body)
            .readValue(body);
    return Objects.requireNonNull(value.raw());
  }

  record Body(RawJson raw) {}
}
