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

/// `docs/openapi.yaml`, against which requests and responses are validated.
final class OpenApiDocument {
  private static final Path FILE = Path.of("../docs/openapi.yaml");
  private static final String NAME = "urn:openapi";
  private static final JsonMapper JSON = new JsonMapper();

  private final SchemaRegistry schemas;
  private final JsonNode document;

  OpenApiDocument() throws IOException {
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
    String response =
        "/paths/%s/%s/responses/%d".formatted(path.replace("/", "~1"), method, answer.statusCode());
    assertThat(document.at(response).isObject()).as("documented: %s", response).isTrue();
    assertHeaders(response, answer);
    String type = answer.headers().firstValue("Content-Type").orElse("none");
    String schema = response + "/content/" + type.replace("/", "~1") + "/schema";
    assertThat(document.at(schema).isObject()).as("documented: %s", schema).isTrue();
    if (type.equals("text/event-stream")) {
      assertEvents(schema, answer.body());
    } else {
      assertValid(schema, JSON.readTree(answer.body()));
    }
  }

  private void assertHeaders(String response, HttpResponse<String> answer) {
    for (var header : document.at(response + "/headers").properties()) {
      String reference = header.getValue().path("$ref").asText();
      String location =
          reference.isEmpty() ? response + "/headers/" + header.getKey() : reference.substring(1);
      var value = answer.headers().firstValue(header.getKey());
      if (document.at(location).path("required").asBoolean()) {
        assertThat(value).as(header.getKey()).isPresent();
      }
      value.ifPresent(
          text -> assertValid(location + "/schema", JSON.getNodeFactory().textNode(text)));
    }
  }

  private void assertEvents(String schema, String stream) throws IOException {
    for (String event : stream.strip().split("\n\n", -1)) {
      if (event.startsWith(":")) {
        continue;
      }
      List<String> lines = event.lines().toList();
      JsonNode data = JSON.readTree(lines.get(2).substring("data: ".length()));
      assertThat(lines.get(0)).isEqualTo("id: " + data.path("sequence_number").asInt());
      assertThat(lines.get(1)).isEqualTo("event: " + data.path("type").asText());
      assertValid(schema, data);
    }
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
