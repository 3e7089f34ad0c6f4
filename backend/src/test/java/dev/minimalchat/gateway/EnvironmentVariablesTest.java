package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/// Which environment variables set which properties of `application.yml`.
class EnvironmentVariablesTest {
  private static final String SYSTEM_PROMPT = "minimalchat.upstream.system-prompt";

  @ParameterizedTest
  @CsvSource({
    "ACCESS_TOKEN, minimalchat.access.token",
    "MINIMALCHAT_ACCESS_TOKEN, minimalchat.access.token",
    "minimalchat.access.token, minimalchat.access.token",
    "UPSTREAM_MODEL_ID, minimalchat.upstream.model-id",
    "MINIMALCHAT_UPSTREAM_BASE, minimalchat.upstream.base",
    "PAGE_SERVE, minimalchat.page.serve",
    "SERVER_PORT, server.port",
    "MANAGEMENT_SERVER_PORT, management.server.port",
    "MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE, management.endpoints.web.exposure.include",
    "SERVER_FORWARD_HEADERS_STRATEGY, server.forward-headers-strategy",
    "LOGGING_LEVEL_ROOT, logging.level.root",
    "SPRING_APPLICATION_JSON, spring.application.json",
    "DEBUG, debug",
    "debug, debug",
    "trace, trace"
  })
  void ignoresAVariableThatIsNotDocumented(String variable, String property) {
    assertThat(bound(Map.of(variable, "99"), property)).isNotEqualTo("99");
  }

  @ParameterizedTest
  @CsvSource({
    "PORT, server.port",
    "MANAGEMENT_PORT, management.server.port",
    "SERVER_ADDRESS, server.address",
    "SERVER_ADDRESS, management.server.address",
    "GATEWAY_TOKEN, minimalchat.access.token",
    "SERVE_PAGE, minimalchat.page.serve",
    "OTEL_EXPORTER_OTLP_ENDPOINT, otel.exporter.otlp.endpoint"
  })
  void readsADocumentedVariable(String variable, String property) {
    assertThat(bound(Map.of(variable, "99"), property)).isEqualTo("99");
  }

  /// Railway deletes a variable that the file does not name.
  @Test
  void theFileForRailwayKeepsEveryVariable() throws IOException {
    Pattern placeholder = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)");
    String settings = Files.readString(Path.of("src/main/resources/application.yml"));
    List<String> variables =
        placeholder.matcher(settings).results().map(name -> name.group(1)).distinct().toList();

    assertThat(variables).contains("OPENAI_API_KEY", "STATE_DIR");
    assertThat(Files.readString(Path.of("../.railway/railway.ts")).split("\\W+", -1))
        .containsAll(variables.stream().filter(name -> !name.startsWith("RAILWAY_")).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Say ${OPENAI_API_KEY}.",
        "\\${OPENAI_API_KEY}",
        "${MODEL_ID:x}${",
        "a\\\\${b${OPENAI_API_KEY}}:c",
        "#{systemEnvironment}",
        "{\"a\": \"$1 \\n }\"}"
      })
  void readsAValueLiterally(String prompt) {
    var variables = Map.of("SYSTEM_PROMPT", prompt, "OPENAI_API_KEY", "sk-secret");

    assertThat(bound(variables, SYSTEM_PROMPT)).isEqualTo(prompt);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void givesAnEmptyVariableItsDefault(String empty) {
    var variables = Map.of("PORT", empty, "MODEL_ID", empty, "SERVE_PAGE", empty);

    assertThat(bound(variables, "server.port")).isEqualTo("8000");
    assertThat(bound(variables, "minimalchat.upstream.model-id")).isEqualTo("gpt-4.1-mini");
    assertThat(bound(variables, "minimalchat.page.serve")).isEqualTo("true");
  }

  @Test
  void activatesTheProfilesOfItsVariable() {
    var environment = environment(Map.of("SPRING_PROFILES_ACTIVE", "demo"));

    assertThat(environment.getActiveProfiles()).containsExactly("demo", "local");
    assertThat(environment.getProperty("minimalchat.access.token")).isEqualTo("dev-token");
  }

  @Test
  void bindsTheOpenTelemetryVariablesAsAMap() {
    var environment = environment(Map.of("OTEL_EXPORTER_OTLP_HEADERS", "a=${b}"));

    assertThat(
            Binder.get(environment).bind("otel", Bindable.mapOf(String.class, String.class)).get())
        .containsExactly(Map.entry("exporter.otlp.headers", "a=${b}"));
  }

  private static String bound(Map<String, String> variables, String property) {
    return Binder.get(environment(variables)).bind(property, String.class).orElse("unset");
  }

  /// The environment of an application with exactly these variables.
  static ConfigurableEnvironment environment(Map<String, String> variables) {
    String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .replace(name, new SystemEnvironmentPropertySource(name, Map.copyOf(variables)));
    EnvironmentVariables.apply(environment);
    ConfigDataEnvironmentPostProcessor.applyTo(environment);
    return environment;
  }
}
