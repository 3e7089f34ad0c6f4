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

/// `docs/openapi.yaml`, and whether an answer is one that it promises.
final class PublishedContract {
  private static final Path FILE = Path.of("../docs/openapi.yaml");
  private static final String NAME = "urn:openapi";
  private static final JsonMapper JSON = new JsonMapper();

  private final SchemaRegistry schemas;
  private final JsonNode document;

  PublishedContract() throws IOException {
    document = new YAMLMapper().readTree(FILE.toFile());
    schemas =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemas(Map.of(NAME, document.toString())));
  }

  /// The JSON of a request, against what the document says of requests.
  boolean allows(String request) throws IOException {
    return isValid("/components/schemas/ChatRequest", JSON.readTree(request));
  }

  void assertPromises(String method, String path, HttpResponse<String> answer) throws IOException {
    String promise =
        "/paths/%s/%s/responses/%d".formatted(path.replace("/", "~1"), method, answer.statusCode());
    assertThat(document.at(promise).isObject()).as("documented: %s", promise).isTrue();
    assertHeaders(promise, answer);
    String type = answer.headers().firstValue("Content-Type").orElse("none");
    String schema = promise + "/content/" + type.replace("/", "~1") + "/schema";
    assertThat(document.at(schema).isObject()).as("documented: %s", schema).isTrue();
    if (type.equals("text/event-stream")) {
      assertEvents(schema, answer.body());
    } else {
      assertValid(schema, JSON.readTree(answer.body()));
    }
  }

  private void assertHeaders(String promise, HttpResponse<String> answer) {
    for (var header : document.at(promise + "/headers").properties()) {
      JsonNode described = header.getValue();
      JsonNode meant = described.has("$ref") ? at(described.path("$ref").asText()) : described;
      var value = answer.headers().firstValue(header.getKey());
      if (meant.path("required").asBoolean()) {
        assertThat(value).as(header.getKey()).isPresent();
      }
      String schema =
          described.has("$ref")
              ? described.path("$ref").asText().substring(1) + "/schema"
              : promise + "/headers/" + header.getKey() + "/schema";
      value.ifPresent(text -> assertValid(schema, JSON.getNodeFactory().textNode(text)));
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

  private JsonNode at(String reference) {
    return document.at(reference.substring(1));
  }

  private static SchemaLocation location(String pointer) {
    return SchemaLocation.of(NAME + "#" + pointer);
  }
}
