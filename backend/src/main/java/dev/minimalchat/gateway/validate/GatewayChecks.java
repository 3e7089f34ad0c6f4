package dev.minimalchat.gateway.validate;

import static dev.minimalchat.gateway.validate.Check.require;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minimalchat.gateway.validate.Check.Skipped;
import dev.minimalchat.gateway.validate.Check.Wanting;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the gateway answers to whoever may not ask, and to whoever asks wrongly.
final class GatewayChecks {
  private static final String STRANGER = "https://stranger.invalid";
  private static final String NO_TOKEN = "not-the-token-of-this-gateway";
  private static final Pattern INSIDES =
      Pattern.compile("\\bat [\\w.$]+\\(|Exception|java\\.|org\\.spring|sk-[A-Za-z0-9]");

  private final Pair pair;
  private final @Nullable String preview;

  GatewayChecks(Pair pair, @Nullable String preview) {
    this.pair = pair;
    this.preview = preview;
  }

  List<Check> all() {
    return List.of(
        new Check("the gateway says that it is well", this::health),
        new Check("the page’s origin is let in", () -> letsIn(pair.pageOrigin())),
        new Check("a preview’s origin is let in", this::preview),
        new Check("a stranger’s origin is refused", this::stranger),
        new Check("no token is refused, and the page can read why", () -> refused(null)),
        new Check("a wrong token is refused", () -> refused(NO_TOKEN)),
        new Check("a mistake is answered in JSON that shows no insides", this::mistake),
        new Check("the actuator is not public", this::actuator));
  }

  private String health() throws Exception {
    HttpResponse<String> answer = pair.get(pair.gateway, "/health");
    require(answer.statusCode() == 200, "answered " + answer.statusCode());
    JsonNode health = Pair.json(answer);
    require(health.path("status").asText().equals("ok"), "status is " + health.path("status"));
    return "%s at %s, version %s"
        .formatted(
            health.path("model").asText("no model"),
            health.path("provider").asText("no provider"),
            health.path("version").asText("none"));
  }

  private String preview() throws Exception {
    if (preview == null) {
      throw new Skipped("no --preview was given");
    }
    return letsIn(preview);
  }

  private String letsIn(String origin) throws Exception {
    HttpResponse<String> answer = pair.preflight(origin);
    String allowed = Pair.header(answer, "Access-Control-Allow-Origin");
    require(answer.statusCode() / 100 == 2, origin + " was answered " + answer.statusCode());
    require(
        allowed.equals(origin), "Access-Control-Allow-Origin is “" + allowed + "” for " + origin);
    String headers = Pair.header(answer, "Access-Control-Allow-Headers").toLowerCase(Locale.ROOT);
    require(headers.contains("authorization"), "Authorization is not among the headers let in");
    String age = Pair.header(answer, "Access-Control-Max-Age");
    require(!age.isEmpty(), "the preflight is not cached");
    return origin + ", for " + age + " s";
  }

  private String stranger() throws Exception {
    HttpResponse<String> answer = pair.preflight(STRANGER);
    String allowed = Pair.header(answer, "Access-Control-Allow-Origin");
    require(allowed.isEmpty(), "Access-Control-Allow-Origin is “" + allowed + "” for " + STRANGER);
    require(answer.statusCode() == 403, STRANGER + " was answered " + answer.statusCode());
    return "403, and no header";
  }

  private String refused(@Nullable String token) throws Exception {
    HttpResponse<String> answer = pair.post(Pair.body("May I?"), token);
    require(answer.statusCode() == 401, "answered " + answer.statusCode());
    expectError(answer, "unauthorized");
    String allowed = Pair.header(answer, "Access-Control-Allow-Origin");
    require(
        allowed.equals(pair.pageOrigin()) || sameOrigin(),
        "the page cannot read the refusal: Access-Control-Allow-Origin is “" + allowed + "”");
    return "401 unauthorized";
  }

  private String mistake() throws Exception {
    for (String path : List.of("/v1/none", "/v1/chat/..;/env")) {
      HttpResponse<String> answer = pair.get(pair.gateway, path);
      require(answer.statusCode() >= 400, path + " was answered " + answer.statusCode());
      expectNoInsides(answer);
    }
    HttpResponse<String> answer = pair.post("{\"messages\":", NO_TOKEN);
    expectError(answer, "unauthorized");
    return "three mistakes, none with a stack or a secret";
  }

  private String actuator() throws Exception {
    for (String path : List.of("/actuator", "/actuator/env", "/actuator/prometheus")) {
      int status = pair.get(pair.gateway, path).statusCode();
      require(status == 404, path + " was answered " + status);
    }
    return "404 for its paths";
  }

  private static void expectError(HttpResponse<String> answer, String code) throws Wanting {
    JsonNode error = Pair.json(answer).path("error");
    require(error.path("code").asText().equals(code), "the error’s code is " + error.path("code"));
    require(error.hasNonNull("message"), "the error has no message");
    require(error.path("retryable").isBoolean(), "the error does not say whether to try again");
    require(error.hasNonNull("request_id"), "the error has no request_id");
    expectNoInsides(answer);
  }

  private static void expectNoInsides(HttpResponse<String> answer) throws Wanting {
    var found = INSIDES.matcher(answer.body());
    require(!found.find(), "the answer shows insides of the gateway");
  }

  private boolean sameOrigin() {
    return pair.pageOrigin().equals(Pair.origin(pair.gateway));
  }
}
