package dev.minimalchat.validate;

import static dev.minimalchat.validate.Check.require;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.minimalchat.validate.Check.CheckFailed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/// Asks a provider one small question for each feature. A check passes with the setting that fits.
final class Capabilities {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final JsonMapper JSON = new JsonMapper();
  private static final String QUESTION = "Reply with the word ready.";

  /// From OpenAI's to others'.
  private static final List<String> SEARCH_TYPES =
      List.of("web_search", "web_search_preview", "openrouter:web_search");

  /// One white pixel.
  private static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=";

  private static final String PDF =
      """
      %PDF-1.4
      1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
      2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
      3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj
      trailer<</Root 1 0 R>>
      %%EOF
      """;

  private final URI responses;
  private final String key;
  private final String model;
  private final EnvironmentProxies proxies;
  private final TimedHttp http;

  /// Whether an answer so far had reasoning in clear.
  private boolean hasReasoningText;

  /// @param base as `OPENAI_API_BASE`
  Capabilities(URI base, String key, String model, EnvironmentProxies proxies) {
    String path = base.getRawPath().replaceAll("/+$", "") + "/responses";
    String query = base.getRawQuery() == null ? "" : "?" + base.getRawQuery();
    this.responses = URI.create(base.getScheme() + "://" + base.getRawAuthority() + path + query);
    this.key = key;
    this.model = model;
    this.proxies = proxies;
    this.http = new TimedHttp(TimedHttp.builder().proxy(proxies).build(), TIMEOUT);
  }

  /// Without it nothing else works.
  Check text() {
    return new Check("text", this::askText);
  }

  /// Each feature, with reasoning in clear last: any of the answers can have it.
  List<Check> features() {
    return List.of(
        new Check("VISION", this::image),
        new Check("FILES", this::file),
        new Check("WEB_SEARCH", this::webSearch),
        new Check("REASONING_SUMMARY", this::summary),
        new Check("function tools", this::functions),
        new Check("REASONING_TEXT", this::reasoningText));
  }

  private String askText() throws Exception {
    ProviderAnswer answer = ask(request(QUESTION));
    require(answer.isAnswer() && !answer.text().isBlank(), answer.problem());
    return "# text: " + model + " answers";
  }

  private String image() throws Exception {
    ObjectNode request = request(QUESTION);
    addPart(request, "input_image").put("image_url", "data:image/png;base64," + PNG);
    accepted(request);
    return "VISION=true";
  }

  private String file() throws Exception {
    ObjectNode request = request(QUESTION);
    String data = Base64.getEncoder().encodeToString(PDF.getBytes(StandardCharsets.US_ASCII));
    addPart(request, "input_file")
        .put("filename", "a.pdf")
        .put("file_data", "data:application/pdf;base64," + data);
    accepted(request);
    return "FILES=pdf";
  }

  private String webSearch() throws Exception {
    StringBuilder problems = new StringBuilder();
    for (String type : SEARCH_TYPES) {
      ObjectNode request = request("Search the web for the current version of Java.");
      request.putArray("tools").addObject().put("type", type);
      ProviderAnswer answer = ask(request);
      if (answer.isAnswer() && answer.hasItem(item -> item.contains("web_search"))) {
        return "WEB_SEARCH=" + type;
      }
      String problem = answer.isAnswer() ? "answers without a search" : answer.problem();
      problems.append(problems.isEmpty() ? "" : "; ").append(type).append(": ").append(problem);
    }
    throw new CheckFailed(problems.toString());
  }

  private String summary() throws Exception {
    ObjectNode request = request("How many prime numbers are there below 50? Reply with a number.");
    request.putObject("reasoning").put("summary", "auto");
    ProviderAnswer answer = accepted(request);
    require(
        answer.has(type -> type.startsWith("response.reasoning_summary")),
        "accepted, but the model sends no summary");
    return "REASONING_SUMMARY=auto";
  }

  private String functions() throws Exception {
    ObjectNode request = request("What time is it? Call the function.");
    ObjectNode tool = request.putArray("tools").addObject();
    tool.put("type", "function").put("name", "current_time");
    tool.putObject("parameters").put("type", "object").putObject("properties");
    ProviderAnswer answer = accepted(request);
    require(answer.hasItem("function_call"::equals), "the model does not call the function");
    return "# function tools: the model calls them";
  }

  private String reasoningText() throws CheckFailed {
    require(hasReasoningText, "no answer had reasoning in clear");
    return "REASONING_TEXT=show";
  }

  private ProviderAnswer accepted(ObjectNode request) throws Exception {
    ProviderAnswer answer = ask(request);
    require(answer.isAnswer(), answer.problem());
    return answer;
  }

  private ProviderAnswer ask(ObjectNode request) throws IOException, InterruptedException {
    HttpRequest.Builder post =
        HttpRequest.newBuilder(responses)
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(request.toString()));
    String authorization = proxies.authorization(responses);
    if (authorization != null) {
      post.header("Proxy-Authorization", authorization);
    }
    var response = http.send(post.build(), BodyHandlers.ofString());
    ProviderAnswer answer = ProviderAnswer.of(response.statusCode(), response.body());
    hasReasoningText |=
        answer.has(type -> type.matches("response\\.reasoning(_text)?\\.delta"))
            || answer.text().stripLeading().startsWith("<think");
    return answer;
  }

  private ObjectNode request(String question) {
    ObjectNode request =
        JSON.createObjectNode().put("model", model).put("stream", true).put("store", false);
    request
        .putArray("input")
        .addObject()
        .put("type", "message")
        .put("role", "user")
        .putArray("content")
        .addObject()
        .put("type", "input_text")
        .put("text", question);
    return request;
  }

  private static ObjectNode addPart(ObjectNode request, String type) {
    return ((ArrayNode) request.at("/input/0/content")).addObject().put("type", type);
  }
}
