package dev.minimalchat.validate;

import static dev.minimalchat.validate.Check.require;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minimalchat.validate.Check.CheckFailed;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Checks that page loads, has its security headers and is configured for this gateway.
final class PageChecks {
  private static final Pattern CONNECT_SRC = Pattern.compile("connect-src ([^;\"]*)");
  private static final Map<String, String> HEADERS =
      Map.of("X-Content-Type-Options", "nosniff", "Referrer-Policy", "no-referrer");

  private final Deployment deployment;
  private final @Nullable String token;

  PageChecks(Deployment deployment, @Nullable String token) {
    this.deployment = deployment;
    this.token = token;
  }

  List<Check> all() {
    return List.of(
        new Check("page loads", this::loads),
        new Check("page has security headers", this::headers),
        new Check("page connects to the gateway only", this::policy),
        new Check("config.json points to the gateway", this::config));
  }

  /// The public token in the page's config.json.
  ///
  /// @throws CheckFailed if there is none
  String configuredToken() throws Exception {
    String configured = readConfig().path("gatewayToken").asText();
    require(!configured.isEmpty(), "config.json has no gatewayToken");
    String problem = Secret.problem(configured);
    require(problem == null, "the gatewayToken of config.json " + problem);
    return configured;
  }

  private String loads() throws Exception {
    HttpResponse<String> answer = index();
    require(answer.body().contains("<title>"), "it is no page");
    return answer.body().length() + " characters";
  }

  private String headers() throws Exception {
    HttpResponse<String> answer = index();
    for (var expected : HEADERS.entrySet()) {
      String value = Deployment.header(answer, expected.getKey());
      require(value.equals(expected.getValue()), expected.getKey() + " is “" + value + "”");
    }
    String ancestors = "frame-ancestors " + frameAncestors();
    List<String> policy =
        List.of(Deployment.header(answer, "Content-Security-Policy").split(";\\s*"));
    require(policy.contains(ancestors), "another site may show it in a frame: not " + ancestors);
    return String.join(", ", HEADERS.keySet()) + ", " + ancestors;
  }

  /// The sites of `EMBED_ORIGINS`, which the page lists too.
  private String frameAncestors() throws Exception {
    List<String> sites = new ArrayList<>();
    readConfig().path("embedOrigins").forEach(site -> sites.add(site.asText()));
    return sites.isEmpty() ? "'none'" : String.join(" ", sites);
  }

  /// The static page has its policy in a meta element, since its build inserts the gateway.
  private String policy() throws Exception {
    HttpResponse<String> answer = index();
    String policies = Deployment.header(answer, "Content-Security-Policy") + "\n" + answer.body();
    Matcher connect = CONNECT_SRC.matcher(policies.replace("&#39;", "'"));
    require(connect.find(), "it may connect anywhere");
    List<String> sources = List.of(connect.group(1).strip().split("\\s+"));
    String gateway = Deployment.origin(deployment.gateway);
    boolean sameOrigin = sources.contains("'self'") && gateway.equals(deployment.pageOrigin());
    require(sameOrigin || sources.contains(gateway), "connect-src is " + connect.group(1));
    require(!sources.contains("*") && !sources.contains("https:"), "it may connect anywhere");
    return "connect-src " + connect.group(1);
  }

  private String config() throws Exception {
    JsonNode config = readConfig();
    String gatewayUrl = config.path("gatewayUrl").asText();
    boolean sameOrigin =
        gatewayUrl.isEmpty()
            && deployment.pageOrigin().equals(Deployment.origin(deployment.gateway));
    require(
        sameOrigin || gatewayUrl.equals(Deployment.origin(deployment.gateway)),
        "it points to “" + gatewayUrl + "”");
    require(
        token == null || config.path("gatewayToken").asText().equals(token),
        "its token is another than the one given");
    String cache =
        Deployment.header(deployment.get(deployment.page, "/config.json"), "Cache-Control");
    require(cache.contains("no-store"), "it may be cached: Cache-Control is “" + cache + "”");
    return gatewayUrl.isEmpty() ? "the gateway it came from" : gatewayUrl;
  }

  private JsonNode readConfig() throws Exception {
    HttpResponse<String> answer = deployment.get(deployment.page, "/config.json");
    require(answer.statusCode() == 200, "config.json was answered " + answer.statusCode());
    return Deployment.json(answer);
  }

  private HttpResponse<String> index() throws Exception {
    HttpResponse<String> answer = deployment.get(deployment.page, "/");
    require(answer.statusCode() == 200, "answered " + answer.statusCode());
    return answer;
  }
}
