package dev.minimalchat.gateway.validate;

import static dev.minimalchat.gateway.validate.Check.require;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minimalchat.gateway.validate.Check.Wanting;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whether the page is there, safe, and set up for this gateway.
final class PageChecks {
  private static final Pattern CONNECT = Pattern.compile("connect-src ([^;\"]*)");
  private static final Map<String, String> HEADERS =
      Map.of("X-Content-Type-Options", "nosniff", "Referrer-Policy", "no-referrer");

  private final Pair pair;
  private final @Nullable String token;

  PageChecks(Pair pair, @Nullable String token) {
    this.pair = pair;
    this.token = token;
  }

  List<Check> all() {
    return List.of(
        new Check("the page loads", this::loads),
        new Check("its headers keep it safe", this::headers),
        new Check("its policy lets it connect to the gateway and nowhere else", this::policy),
        new Check("its config.json points to the gateway", this::config));
  }

  /// The token that the page sends, which is public.
  ///
  /// @throws Wanting if it has none
  String pagesToken() throws Exception {
    String pages = readConfig().path("gatewayToken").asText();
    require(!pages.isEmpty(), "config.json has no gatewayToken");
    return pages;
  }

  private String loads() throws Exception {
    HttpResponse<String> answer = index();
    require(answer.body().contains("<title>"), "it is no page");
    return answer.body().length() + " characters";
  }

  private String headers() throws Exception {
    HttpResponse<String> answer = index();
    for (var wanted : HEADERS.entrySet()) {
      String value = Pair.header(answer, wanted.getKey());
      require(value.equals(wanted.getValue()), wanted.getKey() + " is “" + value + "”");
    }
    require(
        Pair.header(answer, "Content-Security-Policy").contains("frame-ancestors 'none'"),
        "another site may show it in a frame");
    return String.join(", ", HEADERS.keySet()) + ", frame-ancestors";
  }

  /// The static page carries its policy itself, since only its build knows the gateway.
  private String policy() throws Exception {
    HttpResponse<String> answer = index();
    String policies = Pair.header(answer, "Content-Security-Policy") + "\n" + answer.body();
    Matcher connect = CONNECT.matcher(policies.replace("&#39;", "'"));
    require(connect.find(), "it may connect anywhere");
    List<String> sources = List.of(connect.group(1).strip().split("\\s+"));
    String gateway = Pair.origin(pair.gateway);
    boolean own = sources.contains("'self'") && gateway.equals(pair.pageOrigin());
    require(own || sources.contains(gateway), "connect-src is " + connect.group(1));
    require(!sources.contains("*") && !sources.contains("https:"), "it may connect anywhere");
    return "connect-src " + connect.group(1);
  }

  private String config() throws Exception {
    JsonNode config = readConfig();
    String points = config.path("gatewayUrl").asText();
    boolean own = points.isEmpty() && pair.pageOrigin().equals(Pair.origin(pair.gateway));
    require(own || points.equals(Pair.origin(pair.gateway)), "it points to “" + points + "”");
    require(
        token == null || config.path("gatewayToken").asText().equals(token),
        "its token is another than the one given");
    String cache = Pair.header(pair.get(pair.page, "/config.json"), "Cache-Control");
    require(cache.contains("no-store"), "it may be cached: Cache-Control is “" + cache + "”");
    return points.isEmpty() ? "the gateway it came from" : points;
  }

  private JsonNode readConfig() throws Exception {
    HttpResponse<String> answer = pair.get(pair.page, "/config.json");
    require(answer.statusCode() == 200, "config.json was answered " + answer.statusCode());
    return Pair.json(answer);
  }

  private HttpResponse<String> index() throws Exception {
    HttpResponse<String> answer = pair.get(pair.page, "/");
    require(answer.statusCode() == 200, "answered " + answer.statusCode());
    return answer;
  }
}
