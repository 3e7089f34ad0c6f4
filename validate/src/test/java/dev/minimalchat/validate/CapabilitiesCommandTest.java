package dev.minimalchat.validate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapabilitiesCommandTest {
  private static final String KEY = "sk-canary-77aa";
  private static final String REFUSED =
      "{\"error\":{\"message\":\"%s\",\"code\":\"unsupported_value\"}}".formatted(KEY);
  private static final String TEXT =
      "data: {\"type\":\"response.output_text.delta\",\"delta\":\"ready\"}\n\n";
  private static final String END = "data: {\"type\":\"response.completed\"}\n\n";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream progress = new ByteArrayOutputStream();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> proxyCredentials = new CopyOnWriteArrayList<>();

  /// What the body contains, and the answer; null refuses. The first that matches is taken.
  private final Map<String, String> answers = new LinkedHashMap<>();

  private final Map<String, String> environment = new HashMap<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/responses", this::answer);
    server.start();
    environment.put("OPENAI_API_KEY", KEY);
    environment.put(
        "OPENAI_API_BASE", "http://localhost:" + server.getAddress().getPort() + "/v1/");
    environment.put("MODEL_ID", "a-model");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void printsTheSettingsOfAProviderThatHasEverything() {
    answers.put("\"openrouter:", null);
    answers.put("\"web_search\"", item("web_search_call") + TEXT + END);
    answers.put("\"summary\"", event("response.reasoning_summary_text.delta") + TEXT + END);
    answers.put("\"function\"", item("function_call") + END);
    answers.put("Reply", event("response.reasoning_text.delta") + TEXT + END);

    assertThat(run()).isZero();
    assertThat(printed())
        .containsExactly(
            "# text: a-model answers",
            "VISION=true",
            "FILES=pdf",
            "WEB_SEARCH=web_search",
            "REASONING_SUMMARY=auto",
            "# function tools: the model calls them",
            "REASONING_TEXT=show");
    assertThat(requests).hasSize(6).allMatch(body -> body.contains("\"model\":\"a-model\""));
  }

  @Test
  void saysWhyAFeatureDoesNotFit() {
    answers.put("input_image", null);
    answers.put("input_file", null);
    answers.put("\"web_search\"", TEXT + END);
    answers.put("\"web_search_preview\"", null);
    answers.put("\"openrouter:web_search\"", item("openrouter:web_search") + TEXT + END);
    answers.put("\"summary\"", null);
    answers.put("", TEXT + END);

    assertThat(run()).isZero();
    assertThat(printed())
        .containsExactly(
            "# text: a-model answers",
            "# VISION: status 400, unsupported_value",
            "# FILES: status 400, unsupported_value",
            "WEB_SEARCH=openrouter:web_search",
            "# REASONING_SUMMARY: status 400, unsupported_value",
            "# function tools: the model does not call the function",
            "# REASONING_TEXT: no answer had reasoning in clear");
    assertThat(out.toString(UTF_8) + progress.toString(UTF_8)).doesNotContain(KEY);
  }

  @Test
  void failsWithoutText() {
    answers.put("", null);

    assertThat(run()).isEqualTo(1);
    assertThat(printed()).containsExactly("# text: status 400, unsupported_value");
    assertThat(requests).hasSize(1);
  }

  @Test
  void aThinkBlockIsReasoningInClear() {
    answers.put("", TEXT.replace("ready", "<think>Hm</think>ready") + END);

    assertThat(run()).isZero();
    assertThat(printed()).contains("REASONING_TEXT=show");
  }

  @Test
  void asksForTheFirstOfTheModels() {
    answers.put("", TEXT + END);
    environment.put("MODELS", "small=Fast, large");

    run();

    assertThat(printed()).first().isEqualTo("# text: small answers");
  }

  @Test
  void needsAKey() {
    environment.remove("OPENAI_API_KEY");

    assertThat(run()).isEqualTo(2);
    assertThat(progress.toString(UTF_8)).contains("OPENAI_API_KEY is missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OPENAI_API_KEY | 'sk-canary-77aa\n' | OPENAI_API_KEY is empty, or holds a space or another",
        "OPENAI_API_KEY | '\"sk-canary-77aa\"' | OPENAI_API_KEY is in quotes, which are part of",
        "OPENAI_API_BASE | http://[ | OPENAI_API_BASE is not an address",
        "OPENAI_API_BASE | ftp://provider.example/v1 | OPENAI_API_BASE is not an address",
        "OPENAI_API_BASE | /v1 | OPENAI_API_BASE is not an address",
        "OPENAI_API_BASE | http://user:canary@provider.example | OPENAI_API_BASE is not an address",
        "OPENAI_API_BASE | http://llama_cpp:8080/v1 | OPENAI_API_BASE has a host that only",
        "HTTPS_PROXY | socks5://user:canary@proxy.example | HTTPS_PROXY is not an HTTP proxy",
        "HTTP_PROXY | http://proxy.example:99999 | HTTP_PROXY is not an HTTP proxy"
      })
  void refusesAMalformedVariableWithoutItsValue(String variable, String value, String line) {
    environment.put(variable, value);

    assertThat(run()).isEqualTo(2);
    assertThat(progress.toString(UTF_8).lines()).singleElement().asString().startsWith(line);
    assertThat(printed()).isEmpty();
    assertThat(progress.toString(UTF_8)).doesNotContain("canary");
    assertThat(requests).isEmpty();
  }

  @Test
  void asksThroughTheProxyOfTheEnvironment() {
    answers.put("", TEXT + END);
    String proxy = "http://user:p%40ss@localhost:" + server.getAddress().getPort();
    environment.put("OPENAI_API_BASE", "http://provider.invalid/v1");
    environment.put("http_proxy", proxy);

    assertThat(run()).as(out.toString(UTF_8)).isZero();
    assertThat(requests).isNotEmpty();
    assertThat(proxyCredentials).containsOnly("Basic dXNlcjpwQHNz");
  }

  private int run() {
    return new CapabilitiesCommand(
            new PrintStream(out, true, UTF_8), new PrintStream(progress, true, UTF_8), environment)
        .execute("--capabilities");
  }

  private List<String> printed() {
    return out.toString(UTF_8).lines().toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String request = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    requests.add(request);
    String credentials = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
    if (credentials != null) {
      proxyCredentials.add(credentials);
    }
    String answer =
        answers.entrySet().stream()
            .filter(entry -> request.contains(entry.getKey()))
            .map(entry -> entry.getValue() == null ? "" : entry.getValue())
            .findFirst()
            .orElse("");
    byte[] body = (answer.isEmpty() ? REFUSED : answer).getBytes(UTF_8);
    exchange.sendResponseHeaders(answer.isEmpty() ? 400 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String event(String type) {
    return "data: {\"type\":\"%s\",\"delta\":\"Hm\"}\n\n".formatted(type);
  }

  private static String item(String type) {
    return "data: {\"type\":\"response.output_item.done\",\"item\":{\"type\":\"%s\"}}\n\n"
        .formatted(type);
  }
}
