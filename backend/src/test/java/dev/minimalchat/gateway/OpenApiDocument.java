package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// `docs/openapi.yaml`, against which requests and responses are validated.
public final class OpenApiDocument {
  private static final Path FILE = Path.of("../docs/openapi.yaml");
  private static final String NAME = "urn:openapi";
  private static final JsonMapper JSON = new JsonMapper();

  private final SchemaRegistry schemas;
  private final JsonNode document;

  public OpenApiDocument() throws IOException {
    document = new YAMLMapper().readTree(FILE.toFile());
    schemas =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemas(Map.of(NAME, document.toString())));
  }

  /// Whether the schema of a chat request allows this JSON.
  boolean allows(String request) throws IOException {
    return isValid("/components/schemas/ChatRequest", JSON.readTree(request));
  }

  void assertDocuments(String method, String path, HttpResponse<String> answer) throws IOException {
    assertDocuments(method, path, answer.statusCode(), answer.headers()::firstValue, answer.body());
  }

  /// Asserts that a response is documented without a body, with these of its headers.
  void assertDocumentsEmpty(
      String method, String path, HttpResponse<String> answer, List<String> headers) {
    String response =
        "/paths/%s/%s/responses/%d".formatted(path.replace("/", "~1"), method, answer.statusCode());
    assertThat(document.at(response).isObject()).as("documented: %s", response).isTrue();
    assertThat(document.at(response).has("content")).isFalse();
    assertThat(answer.body()).isEmpty();
    assertDocumentsHeaders(method, path, answer, headers);
  }

  /// Asserts that a response has these headers, and that they are documented.
  void assertDocumentsHeaders(
      String method, String path, HttpResponse<String> answer, List<String> headers) {
    String response =
        resolved(
            "/paths/%s/%s/responses/%d"
                .formatted(path.replace("/", "~1"), method, answer.statusCode()));
    for (String header : headers) {
      assertThat(answer.headers().firstValue(header)).as(header).isPresent();
      assertThat(document.at(response + "/headers").has(header))
          .as("documented: %s/headers/%s", response, header)
          .isTrue();
    }
    assertHeaders(response, answer.headers()::firstValue);
  }

  /// Asserts that a response is documented.
  ///
  /// @param path as in the document, such as `/v1/models/{id}`
  /// @param headers the first value of a header
  public void assertDocuments(
      String method,
      String path,
      int status,
      Function<String, Optional<String>> headers,
      String body)
      throws IOException {
    String response =
        resolved("/paths/%s/%s/responses/%d".formatted(path.replace("/", "~1"), method, status));
    assertThat(document.at(response).isObject()).as("documented: %s", response).isTrue();
    assertHeaders(response, headers);
    String type = headers.apply("Content-Type").orElse("none").replaceAll(";.*", "");
    String schema = response + "/content/" + type.replace("/", "~1") + "/schema";
    assertThat(document.at(schema).isObject()).as("documented: %s", schema).isTrue();
    if (type.equals("text/event-stream")) {
      assertEvents(schema, body);
    } else {
      assertValid(schema, JSON.readTree(body));
    }
  }

  /// The target of a reference, or else the same location.
  private String resolved(String location) {
    String reference = document.at(location).path("$ref").asText();
    return reference.isEmpty() ? location : reference.substring(1);
  }

  private void assertHeaders(String response, Function<String, Optional<String>> headers) {
    for (var header : document.at(response + "/headers").properties()) {
      String location = resolved(response + "/headers/" + header.getKey());
      var value = headers.apply(header.getKey());
      if (document.at(location).path("required").asBoolean()) {
        assertThat(value).as(header.getKey()).isPresent();
      }
      value.ifPresent(
          text -> assertValid(location + "/schema", JSON.getNodeFactory().textNode(text)));
    }
  }

  private void assertEvents(String schema, String stream) throws IOException {
    for (String event : stream.strip().split("\n\n", -1)) {
      String text = field(event, "data");
      if (text.isEmpty() || text.equals("[DONE]")) {
        continue;
      }
      JsonNode data = JSON.readTree(text);
      if (event.startsWith("id: ")) {
        assertThat(field(event, "id")).isEqualTo(data.path("sequence_number").asText());
      }
      assertThat(field(event, "event")).isEqualTo(data.path("type").asText());
      assertValid(schema, data);
    }
  }

  /// The value of a field of an event; empty if it has none.
  private static String field(String event, String name) {
    return event
        .lines()
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .collect(Collectors.joining("\n"));
  }

  private void assertValid(String schema, JsonNode value) {
    assertThat(schemas.getSchema(location(schema)).validate(value))
        .as("%s against %s", value, schema)
        .isEmpty();
  }

  private boolean isValid(String schema, JsonNode value) {
    return schemas.getSchema(location(schema)).validate(value).isEmpty();
  }

  private static SchemaLocation location(String pointer) {
    return SchemaLocation.of(NAME + "#" + pointer);
  }
}
