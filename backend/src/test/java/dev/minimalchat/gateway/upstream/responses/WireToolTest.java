package dev.minimalchat.gateway.upstream.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.minimalchat.gateway.json.RawJson;
import dev.minimalchat.gateway.upstream.AnswerOptions.FunctionTool;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The functions of a request, as they are sent.
class WireToolTest {
  private static final JsonMapper JSON = new JsonMapper();

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      textBlock =
          """
          -                   | -     | {"type":"object","properties":{}}
          {}                  | false | {"type":"object","properties":{}}
          { }                 | true  | {"type":"object","properties":{},"additionalProperties":false}
          {"type":"object"}   | true  | {"type":"object"}
          """)
  void aFunctionAlwaysHasASchema(
      @Nullable String parameters, @Nullable Boolean strict, String expected) throws IOException {
    RawJson schema = parameters == null ? null : RawJson.of(parameters);
    WireTool tool = WireTool.Function.of(new FunctionTool("f", null, schema, strict));

    assertThat(JSON.readTree(JSON.writeValueAsBytes(tool)).get("parameters"))
        .isEqualTo(JSON.readTree(expected));
  }
}
