package dev.minimalchat.gateway.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.json.JsonText;
import dev.minimalchat.gateway.json.RawJson;
import dev.minimalchat.gateway.upstream.AnswerOptions.TextFormat;
import org.jspecify.annotations.Nullable;

/// The format of the text: `text.format` of the Responses API, `response_format` of chat
/// completions, which has the schema in an object of its own.
@JsonIgnoreProperties(ignoreUnknown = true)
record FormatBody(
    @Nullable String type,
    @Nullable String name,
    @Nullable JsonText description,
    @Nullable RawJson schema,
    @Nullable Boolean strict,
    @Nullable @JsonProperty("json_schema") SchemaBody jsonSchema) {

  /// The format as the provider gets it; null for plain text.
  ///
  /// @param param its path in the request, for an error
  @Nullable TextFormat toFormat(String param) {
    return switch (type) {
      case "text" -> null;
      case "json_object" -> new TextFormat("json_object", null, null, null, null);
      case "json_schema" ->
          jsonSchema == null
              ? format(name, description, schema, strict, param)
              : format(
                  jsonSchema.name(),
                  jsonSchema.description(),
                  jsonSchema.schema(),
                  jsonSchema.strict(),
                  param + ".json_schema");
      case null, default -> throw Failure.invalidParameter(param + ".type", "is not supported");
    };
  }

  private static TextFormat format(
      @Nullable String name,
      @Nullable JsonText description,
      @Nullable RawJson schema,
      @Nullable Boolean strict,
      String param) {
    if (schema == null) {
      throw Failure.invalidParameter(param + ".schema", "is missing");
    }
    String validName = ToolBody.validName(name, param + ".name");
    return new TextFormat("json_schema", validName, description, schema, strict);
  }

  /// The `json_schema` of chat completions.
  @JsonIgnoreProperties(ignoreUnknown = true)
  record SchemaBody(
      @Nullable String name,
      @Nullable JsonText description,
      @Nullable RawJson schema,
      @Nullable Boolean strict) {}
}
