package dev.minimalchat.gateway.access;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.OpenAiRoutes;
import dev.minimalchat.gateway.errors.RejectingFilter;
import dev.minimalchat.gateway.errors.RequestId;
import dev.minimalchat.gateway.limits.ClientAddresses;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/// CORS. It runs before every filter that can reject a request, so that a page with an allowed
/// origin can read the error, and any other page cannot.
public class OriginFilter extends RejectingFilter {
  private static final Duration PREFLIGHT_AGE = Duration.ofHours(2);
  private static final String HEALTH = "/health";
  private static final Set<String> READS = Set.of("GET", "HEAD");

  private static final String EXPOSED_HEADERS =
      RequestId.HEADER + ", Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset";
  private static final String ALLOWED_HEADERS = "Authorization, Content-Type, " + RequestId.HEADER;

  private static final PathPattern CHAT = PathPatternParser.defaultInstance.parse("/v1/chat/**");
  private static final String RESUME_HEADER = ", Resume-Key";

  /// What OpenAI's SDKs send from a browser, besides the headers of every request, and the two by
  /// which clients of OpenRouter name their app.
  private static final String SDK_HEADERS =
      ", OpenAI-Beta, OpenAI-Organization, OpenAI-Project, User-Agent, HTTP-Referer, X-Title"
          + ", X-Stainless-Arch, X-Stainless-Async, X-Stainless-Custom-Poll-Interval"
          + ", X-Stainless-Helper-Method, X-Stainless-Lang, X-Stainless-OS"
          + ", X-Stainless-Package-Version, X-Stainless-Poll-Helper, X-Stainless-Retry-Count"
          + ", X-Stainless-Runtime, X-Stainless-Runtime-Version, X-Stainless-Timeout";

  private final AllowedOrigins origins;
  private final ClientAddresses addresses;

  /// The host names that are answered; all of them if empty.
  private final Set<String> hosts;

  OriginFilter(
      AllowedOrigins origins,
      AccessProperties properties,
      ClientAddresses addresses,
      HandlerExceptionResolver handlerExceptionResolver) {
    super(handlerExceptionResolver);
    this.origins = origins;
    this.addresses = addresses;
    this.hosts = properties.hosts();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    boolean isPreflight = CorsUtils.isPreFlightRequest(request);
    super.doFilterInternal(
        request, response, isPreflight ? (_, _) -> preflight(request, response) : chain);
  }

  @Override
  protected HttpServletRequest check(HttpServletRequest request, HttpServletResponse response) {
    response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    if (!hosts.isEmpty() && !hosts.contains(request.getServerName())) {
      throw new Failure(ErrorCode.ORIGIN_NOT_ALLOWED, "host not allowed");
    }
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin == null || origin.equals(ownOrigin(request))) {
      return request;
    }
    if (isPublicHealth(request)) {
      response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
      return request;
    }
    if (!origins.allows(origin)) {
      throw new Failure(ErrorCode.ORIGIN_NOT_ALLOWED, "origin not allowed");
    }
    response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    response.setHeader(
        HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS,
        OpenAiRoutes.matches(request) ? EXPOSED_HEADERS + ", X-Should-Retry" : EXPOSED_HEADERS);
    return request;
  }

  /// `/health` tells a page whether it was rejected or the gateway does not run, so every origin
  /// may read it, except on a developer's machine.
  private boolean isPublicHealth(HttpServletRequest request) {
    return hosts.isEmpty()
        && READS.contains(request.getMethod())
        && request.getRequestURI().equals(HEALTH);
  }

  /// The origin of a page that this gateway serves. A proxy that ends TLS changes the scheme and
  /// can change the host.
  private String ownOrigin(HttpServletRequest request) {
    boolean isProxied = addresses.isFromTrustedProxy(request);
    String host = Objects.requireNonNullElse(request.getHeader(HttpHeaders.HOST), "");
    String scheme =
        isProxied ? forwarded(request, "Proto", request.getScheme()) : request.getScheme();
    String publicHost = isProxied ? forwarded(request, "Host", host) : host;
    String origin = (scheme + "://" + publicHost).toLowerCase(Locale.ROOT);
    // Browsers leave out the default port.
    String defaultPort = scheme.equalsIgnoreCase("https") ? ":443" : ":80";
    return origin.endsWith(defaultPort)
        ? origin.substring(0, origin.length() - defaultPort.length())
        : origin;
  }

  /// Of several values, the one of the proxy that the browser is connected to.
  private static String forwarded(HttpServletRequest request, String name, String otherwise) {
    String values = request.getHeader("X-Forwarded-" + name);
    return values == null ? otherwise : values.split(",", 2)[0].strip();
  }

  private static String routeHeaders(HttpServletRequest request) {
    if (OpenAiRoutes.matches(request)) {
      return SDK_HEADERS;
    }
    PathContainer path = ServletRequestPathUtils.parse(request).pathWithinApplication();
    return CHAT.matches(path) ? RESUME_HEADER : "";
  }

  private static void preflight(HttpServletRequest request, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, DELETE");
    response.setHeader(
        HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, ALLOWED_HEADERS + routeHeaders(request));
    response.setHeader(
        HttpHeaders.ACCESS_CONTROL_MAX_AGE, Long.toString(PREFLIGHT_AGE.toSeconds()));
  }
}
