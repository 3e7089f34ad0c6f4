package dev.minimalchat.validate;

import static dev.minimalchat.validate.Check.require;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minimalchat.validate.Check.CheckFailed;
import dev.minimalchat.validate.Check.Skipped;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Checks the health of the gateway and its answers to allowed, forbidden and invalid requests.
final class GatewayChecks {
  private static final String UNKNOWN_ORIGIN = "https://stranger.invalid";
  private static final String WRONG_TOKEN = "not-the-token-of-this-gateway";
  private static final Pattern INTERNALS =
      Pattern.compile("\\bat [\\w.$]+\\(|Exception|java\\.|org\\.spring|sk-[A-Za-z0-9]");

  private static final Set<String> REFUSALS = Set.of("unauthorized", "access_code_required");

  private final Deployment deployment;
  private final @Nullable String previewOrigin;

  GatewayChecks(Deployment deployment, @Nullable String previewOrigin) {
    this.deployment = deployment;
    this.previewOrigin = previewOrigin;
  }

  List<Check> all() {
    return List.of(
        new Check("gateway reports healthy", this::health),
        new Check("page origin is allowed", this::pageOrigin),
        new Check("preview origin is allowed", this::preview),
        new Check("foreign origin is rejected", this::unknownOrigin),
        new Check("missing token is rejected, readable by the page", () -> refused(null)),
        new Check("wrong token is rejected", () -> refused(WRONG_TOKEN)),
        new Check("errors are JSON without internals", this::mistake),
        new Check("actuator is not public", this::actuator));
  }

  private String health() throws Exception {
    HttpResponse<String> answer = deployment.health(UNKNOWN_ORIGIN);
    require(answer.statusCode() == 200, "answered " + answer.statusCode());
    JsonNode health = Deployment.json(answer);
    require(health.path("status").asText().equals("ok"), "status is " + health.path("status"));
    // The page tells a rejected origin from a gateway that does not run by it.
    require(
        Deployment.header(answer, "Access-Control-Allow-Origin").equals("*"),
        "not every origin can read it");
    return "%s at %s, version %s"
        .formatted(
            health.path("model").asText("no model"),
            health.path("provider").asText("no provider"),
            health.path("version").asText("none"));
  }

  private String pageOrigin() throws Exception {
    if (!sameOrigin()) {
      return allows(deployment.pageOrigin());
    }
    int status = deployment.preflight(deployment.pageOrigin()).statusCode();
    require(status / 100 == 2, deployment.pageOrigin() + " was answered " + status);
    return "the gateway's own page, which needs no CORS";
  }

  private String preview() throws Exception {
    if (previewOrigin == null) {
      throw new Skipped("no --preview was given");
    }
    return allows(previewOrigin);
  }

  private String allows(String origin) throws Exception {
    HttpResponse<String> answer = deployment.preflight(origin);
    String allowed = Deployment.header(answer, "Access-Control-Allow-Origin");
    require(answer.statusCode() / 100 == 2, origin + " was answered " + answer.statusCode());
    require(
        allowed.equals(origin), "Access-Control-Allow-Origin is “" + allowed + "” for " + origin);
    String headers =
        Deployment.header(answer, "Access-Control-Allow-Headers").toLowerCase(Locale.ROOT);
    require(headers.contains("authorization"), "Access-Control-Allow-Headers lacks Authorization");
    String age = Deployment.header(answer, "Access-Control-Max-Age");
    require(!age.isEmpty(), "the preflight is not cached");
    return origin + ", for " + age + " s";
  }

  private String unknownOrigin() throws Exception {
    HttpResponse<String> answer = deployment.preflight(UNKNOWN_ORIGIN);
    String allowed = Deployment.header(answer, "Access-Control-Allow-Origin");
    require(
        allowed.isEmpty(),
        "Access-Control-Allow-Origin is “" + allowed + "” for " + UNKNOWN_ORIGIN);
    require(answer.statusCode() == 403, UNKNOWN_ORIGIN + " was answered " + answer.statusCode());
    return "403, and no header";
  }

  private String refused(@Nullable String token) throws Exception {
    HttpResponse<String> answer = deployment.post(Deployment.body("May I?"), token);
    require(answer.statusCode() == 401, "answered " + answer.statusCode());
    expectRefusal(answer);
    String allowed = Deployment.header(answer, "Access-Control-Allow-Origin");
    require(
        allowed.equals(deployment.pageOrigin()) || sameOrigin(),
        "the page cannot read the refusal: Access-Control-Allow-Origin is “" + allowed + "”");
    return "401 " + Deployment.json(answer).at("/error/code").asText();
  }

  private String mistake() throws Exception {
    for (String path : List.of("/v1/none", "/v1/chat/..;/env")) {
      HttpResponse<String> answer = deployment.get(deployment.gateway, path);
      require(answer.statusCode() >= 400, path + " was answered " + answer.statusCode());
      expectNoInternals(answer);
    }
    HttpResponse<String> answer = deployment.post("{\"messages\":", WRONG_TOKEN);
    expectRefusal(answer);
    return "three mistakes, none with a stack or a secret";
  }

  private String actuator() throws Exception {
    for (String path : List.of("/actuator", "/actuator/env", "/actuator/prometheus")) {
      int status = deployment.get(deployment.gateway, path).statusCode();
      require(status == 404, path + " was answered " + status);
    }
    return "404 for its paths";
  }

  /// A gateway with access codes asks for one.
  private static void expectRefusal(HttpResponse<String> answer) throws CheckFailed {
    JsonNode error = Deployment.json(answer).path("error");
    require(
        REFUSALS.contains(error.path("code").asText()),
        "the error’s code is " + error.path("code"));
    require(error.hasNonNull("message"), "the error has no message");
    require(error.path("retryable").isBoolean(), "the error does not say whether to try again");
    require(error.hasNonNull("request_id"), "the error has no request_id");
    expectNoInternals(answer);
  }

  private static void expectNoInternals(HttpResponse<String> answer) throws CheckFailed {
    var found = INTERNALS.matcher(answer.body());
    require(!found.find(), "the answer shows insides of the gateway");
  }

  private boolean sameOrigin() {
    return deployment.pageOrigin().equals(Deployment.origin(deployment.gateway));
  }
}
