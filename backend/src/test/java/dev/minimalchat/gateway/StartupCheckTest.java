package dev.minimalchat.gateway;

import static dev.minimalchat.gateway.TestStartup.REQUIRED;
import static dev.minimalchat.gateway.TestStartup.SECRET;
import static dev.minimalchat.gateway.TestStartup.assertRejected;
import static dev.minimalchat.gateway.TestStartup.assertThatLines;
import static dev.minimalchat.gateway.TestStartup.check;
import static dev.minimalchat.gateway.TestStartup.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minimalchat.gateway.StartupCheck.InvalidSettingsException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The startup errors for invalid settings: they name the variable and the problem, never the
/// value.
class StartupCheckTest {
  @Test
  void acceptsTheTwoRequiredSettings() {
    assertThatCode(() -> check(REQUIRED)).doesNotThrowAnyException();
  }

  @Test
  void reportsEveryMissingSettingByName() {
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> check(Map.of()))
        .satisfies(e -> assertLines(e, "GATEWAY_TOKEN is missing", "OPENAI_API_KEY is missing"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PORT                         | is not a number",
        "MANAGEMENT_PORT              | is not a number",
        "OPENAI_API_BASE              | is not",
        "MAX_OUTPUT_TOKENS            | is not a number",
        "TEMPERATURE                  | is not a number",
        "CONNECT_TIMEOUT              | is not a duration, such as 30s or 5m",
        "FIRST_EVENT_TIMEOUT          | is not a duration, such as 30s or 5m",
        "IDLE_TIMEOUT                 | is not a duration, such as 30s or 5m",
        "TOTAL_TIMEOUT                | is not a duration, such as 30s or 5m",
        "FIRST_OUTPUT_TIMEOUT         | is not a duration, such as 30s or 5m",
        "RESUME_GRACE                 | is not a duration, such as 30s or 5m",
        "RESUME_TTL                   | is not a duration, such as 30s or 5m",
        "FALLBACK_API_BASE            | is not an address, such as https://api.example.com/v1",
        "GATEWAY_TOKEN_PREVIOUS_UNTIL | is not an instant, such as 2030-01-31T12:00:00Z",
        "ALLOWED_ORIGINS              | ",
        "RATE_LIMIT_PER_MINUTE        | is not a number",
        "MAX_STREAMS_PER_CLIENT       | is not a number",
        "MAX_STREAMS                  | is not a number",
        "API_RATE_LIMIT_PER_MINUTE    | is not a number",
        "API_MAX_STREAMS              | is not a number",
        "MAX_MESSAGES                 | is not a number",
        "MAX_REQUEST_BYTES            | is not a size, such as 1MB",
        "TRUSTED_PROXIES              | ",
        "DAILY_TOKEN_BUDGET           | is not a number",
        "STATE_DIR                    | is not a directory that can be written to",
        "REDIS_URL                    | is not an address, such as redis://",
        "REASONING_SUMMARY            | is not off, auto, concise or detailed",
        "REASONING_TEXT               | is not show or hide",
        "WEB_SEARCH                   | is not off or a type of tool, such as web_search",
        "VISION                       | is not true or false",
        "FILES                        | is not off or pdf",
        "SERVE_PAGE                   | is not true or false"
      })
  void reportsAMalformedSettingWithoutItsValue(String variable, String problem) {
    assertRejected(Map.of(variable, SECRET), variable + " " + (problem == null ? "" : problem));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CONNECT_TIMEOUT",
        "FIRST_EVENT_TIMEOUT",
        "IDLE_TIMEOUT",
        "TOTAL_TIMEOUT",
        "FIRST_OUTPUT_TIMEOUT",
        "RESUME_GRACE",
        "RESUME_TTL"
      })
  void reportsADurationWithoutAUnit(String variable) {
    String problem = variable + " is not a duration, such as 30s or 5m";

    assertRejected(Map.of(variable, "60"), problem);
    assertRejected(Map.of(variable, "-5"), problem);
  }

  @ParameterizedTest
  @CsvSource({"MODEL_ID", "FALLBACK_MODEL_ID"})
  void reportsAModelThatNoProviderHas(String variable) {
    for (String id :
        List.of("gpt-4.1-mini\n", " gpt-4.1-mini", "gpt 4.1", "\u201cgpt\u201d", "a\"b")) {
      assertRejected(
          Map.of(variable, id),
          variable + " holds a space or another character that no model's id can have");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"low\n", "low ", "very low", "\u201clow\u201d"})
  void reportsAnEffortThatNoModelHas(String effort) {
    assertRejected(
        Map.of("REASONING_EFFORT", effort),
        "REASONING_EFFORT is not an effort, such as low or high");
  }

  @ParameterizedTest
  @CsvSource({
    "FALLBACK_API_BASE, https://api.example.com/v1, has no effect without FALLBACK_MODEL_ID",
    "FALLBACK_API_KEY, sk-other, has no effect without FALLBACK_MODEL_ID",
    "FALLBACK_API_KEY, sk other, holds a space or another character that no key can have"
  })
  void reportsSettingsOfAFallbackThatCannotWork(String variable, String value, String problem) {
    assertRejected(Map.of(variable, value), variable + " " + problem);
  }

  @ParameterizedTest
  @CsvSource({"WEB_SEARCH, web_search", "VECTOR_STORE_IDS, vs_1"})
  void reportsASearchThatTheReasoningEffortExcludes(String variable, String value) {
    assertRejected(
        Map.of(variable, value, "REASONING_EFFORT", "minimal"),
        variable + " does not work with REASONING_EFFORT=minimal");
  }

  @Test
  void reportsAnIdThatNoVectorStoreHas() {
    assertRejected(
        Map.of("VECTOR_STORE_IDS", "vs_1, vs 2"), "VECTOR_STORE_IDS is not a list of at most 20");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "on", "Web search", "web-search", "a:b:c"})
  void reportsATypeThatNoToolHas(String type) {
    assertRejected(Map.of("WEB_SEARCH", type), "WEB_SEARCH is not off or a type of tool");
  }

  @ParameterizedTest
  @CsvSource({
    "FIRST_OUTPUT_TIMEOUT, 0s",
    "RATE_LIMIT_PER_MINUTE, 0",
    "MAX_STREAMS_PER_CLIENT, 0",
    "MAX_STREAMS, -1",
    "API_RATE_LIMIT_PER_MINUTE, 0",
    "API_MAX_STREAMS, 0",
    "MAX_MESSAGES, 0",
    "MAX_REQUEST_BYTES, 0",
    "MAX_REQUEST_BYTES, -1MB",
    "MAX_OUTPUT_TOKENS, 0",
    "DAILY_TOKEN_BUDGET, 0",
    "IDLE_TIMEOUT, 0s",
    "TEMPERATURE, -1",
    "TEMPERATURE, NaN",
    "PORT, 65536",
    "PORT, -1",
    "MANAGEMENT_PORT, 65536",
    "OPENAI_API_BASE, https://provider.example/v1#part",
    "OPENAI_API_BASE, https://user:secret@provider.example/v1",
    "OPENAI_API_BASE, https://user@provider.example/v1",
    "OPENAI_API_BASE, https://user@my_provider/v1",
    "OPENAI_API_BASE, https://my_provider:port/v1",
    "HTTPS_PROXY, socks5://proxy.example:1080",
    "HTTP_PROXY, http://",
    "REDIS_URL, redis://default:secret@redis.example:0",
    "REDIS_URL, http://redis.example:6379",
    "HTTPS_PROXY, http://proxy.example:port",
    "ALLOWED_ORIGINS, https://chat.example.com/",
    "ALLOWED_ORIGINS, https://chat.example.com:443",
    "ALLOWED_ORIGINS, http://chat.example.com:80",
    "ALLOWED_ORIGINS, *",
    "OPENAI_API_BASE, ftp://provider.example/v1",
    "ALLOWED_ORIGIN_REGEX, (",
    "GATEWAY_TOKEN_PREVIOUS, old-without-an-end"
  })
  void reportsASettingOutOfRange(String variable, String value) {
    assertRejected(Map.of(variable, value), variable);
  }

  @ParameterizedTest
  @CsvSource({"8001,", "8001, 8001", ", 8000"})
  void reportsAPublicManagementPort(@Nullable String port, @Nullable String managementPort) {
    Map<String, String> ports = new HashMap<>();
    ports.put("PORT", Objects.requireNonNullElse(port, ""));
    ports.put("MANAGEMENT_PORT", Objects.requireNonNullElse(managementPort, ""));

    assertRejected(ports, "PORT is the same as MANAGEMENT_PORT");
  }

  @Test
  void acceptsAnyFreePortForBoth() {
    assertThatCode(() -> check(with(Map.of("PORT", "0", "MANAGEMENT_PORT", "0"))))
        .doesNotThrowAnyException();
  }

  @Test
  void reportsADisclosureThatCannotBeRead() {
    assertRejected(Map.of("DISCLOSURE", "  "), "DISCLOSURE is blank");
    assertRejected(Map.of("DISCLOSURE", "x".repeat(301)), "DISCLOSURE is longer than 300");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a b           | MODELS is not a list of models",
        "=Label        | MODELS is not a list of models",
        "a=            | MODELS has a label that is empty",
        "a, b, a=Again | MODELS has the same model twice"
      })
  void reportsInvalidModels(String models, String problem) {
    assertRejected(Map.of("MODELS", models), problem);
  }

  @Test
  void reportsADefaultModelThatIsNotTheFirst() {
    assertRejected(
        Map.of("MODELS", "a, b", "MODEL_ID", "b"), "MODEL_ID is not the first of MODELS");
  }

  @ParameterizedTest
  @CsvSource({
    "MODELS, 'gpt-4.1-mini=Fast, vendor/model:free=Free = good'",
    "API_TOKENS, 'laptop:a-token-of-twenty-chars, another-token-of-twenty'",
    "REASONING_SUMMARY, off",
    "REASONING_SUMMARY, detailed",
    "REASONING_TEXT, show",
    "WEB_SEARCH, off",
    "WEB_SEARCH, openrouter:web_search",
    "WEB_SEARCH, web_search_preview_2025_03_11",
    "VECTOR_STORE_IDS, 'vs_1, vs_2'",
    "REASONING_EFFORT, minimal",
    "MODEL_ID, accounts/a/models/b#accounts/a/deployments/c",
    "FALLBACK_MODEL_ID, vendor/model:free",
    "RESUME_GRACE, 0",
    "RESUME_GRACE, PT20S",
    "CONNECT_TIMEOUT, 500ms",
    "OPENAI_API_BASE, http://llama_cpp:8080/v1",
    "HTTPS_PROXY, 'http://user:p%40ss@my_proxy:3128'",
    "SYSTEM_PROMPT, '\"Answer\"'",
    "GREETING, '\"Hello\"'",
    "TOTAL_TIMEOUT, 10s",
    "GATEWAY_TOKEN_PREVIOUS_UNTIL, 2030-01-31T12:00:00Z",
    "OPENAI_API_BASE, https://provider.example/v1?api-version=1",
    "OPENAI_API_KEY, demo",
    "HTTPS_PROXY, 'http://user:p%40ss@proxy.example:3128'",
    "https_proxy, proxy.example:3128",
    "REDIS_URL, redis://default:p%40ss@redis.railway.internal:6379",
    "REDIS_URL, rediss://[fd12::1]:6379/2",
    "TEMPERATURE, 0",
    "ALLOWED_ORIGINS, 'https://chat.example.com, http://localhost:3000'"
  })
  void acceptsASettingThatWorks(String variable, String value) {
    assertThatCode(() -> check(with(Map.of(variable, value)))).doesNotThrowAnyException();
  }

  @Test
  void reportsAllInvalidSettingsTogether() {
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> check(with(Map.of("MAX_MESSAGES", "x", "IDLE_TIMEOUT", "y"))))
        .satisfies(e -> assertThatLines(e).hasSize(2));
  }

  private static void assertLines(InvalidSettingsException e, String... prefixes) {
    assertThatLines(e)
        .hasSize(prefixes.length)
        .allSatisfy(line -> assertThat(List.of(prefixes)).anyMatch(line::startsWith));
  }
}
