package dev.minimalchat.gateway.access;

import dev.minimalchat.gateway.access.ClientTokens.TokenMatch;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.OpenAiRoutes;
import dev.minimalchat.gateway.errors.RejectingFilter;
import dev.minimalchat.gateway.limits.AccessCode;
import dev.minimalchat.gateway.limits.AccessCodeAttempts;
import dev.minimalchat.gateway.limits.ApiClient;
import dev.minimalchat.gateway.limits.ClientAddresses;
import dev.minimalchat.gateway.limits.PageUser;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HexFormat;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.HandlerExceptionResolver;

/// Requires a token for API requests: the page's client token for `/v1/chat`, or an access code
/// where there are any; an API token for the routes of programs; either of them for the list of
/// models.
public class TokenFilter extends RejectingFilter {
  private static final Logger log = LoggerFactory.getLogger(TokenFilter.class);

  private final ClientTokens tokens;
  private final ApiTokens apiTokens;
  private final AccessCodes codes;
  private final AccessCodeAttempts attempts;
  private final TrustedUsers users;
  private final ClientAddresses addresses;
  private final MeterRegistry meters;

  TokenFilter(
      ClientTokens tokens,
      ApiTokens apiTokens,
      AccessCodes codes,
      AccessCodeAttempts attempts,
      TrustedUsers users,
      ClientAddresses addresses,
      MeterRegistry meters,
      HandlerExceptionResolver handlerExceptionResolver) {
    super(handlerExceptionResolver);
    this.tokens = tokens;
    this.apiTokens = apiTokens;
    this.codes = codes;
    this.attempts = attempts;
    this.users = users;
    this.addresses = addresses;
    this.meters = meters;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !isApiRequest(request);
  }

  @Override
  protected HttpServletRequest check(HttpServletRequest request, HttpServletResponse response) {
    ApiClient program = ApiClient.of(request);
    if (program != null) {
      meters.counter("gateway.api.token.requests", "token_name", program.name()).increment();
      return request;
    }
    if (OpenAiRoutes.matches(request) && !OpenAiRoutes.isModels(request)) {
      throw apiTokens.exist()
          ? new Failure(ErrorCode.UNAUTHORIZED, "API token missing or invalid")
          : new Failure(ErrorCode.NOT_FOUND, "API_TOKENS is not set");
    }
    if (users.areRequired() && PageUser.of(request) == null) {
      throw new Failure(ErrorCode.UNAUTHORIZED, "no user from a trusted proxy");
    }
    if (codes.exist()) {
      checkAccessCode(request);
    } else {
      checkClientToken(BearerToken.of(request));
    }
    return request;
  }

  /// The page sends its token until its user has entered a code, which is no attempt at one.
  private void checkAccessCode(HttpServletRequest request) {
    String token = BearerToken.of(request);
    if (token.isEmpty() || tokens.match(token) != TokenMatch.INVALID) {
      throw new Failure(ErrorCode.ACCESS_CODE_REQUIRED, "no access code");
    }
    String name =
        attempts.compare(
            addresses.of(request),
            () -> HexFormat.of().formatHex(Sha256.digest(token)),
            () -> codes.match(token));
    meters
        .counter("gateway.access.code.requests", "token_name", name == null ? "invalid" : name)
        .increment();
    if (name == null) {
      throw new Failure(ErrorCode.ACCESS_CODE_REQUIRED, "access code invalid");
    }
    new AccessCode(name).mark(request);
  }

  private void checkClientToken(String token) {
    TokenMatch match = tokens.match(token);
    meters
        .counter("gateway.client.token.requests", "token", match.name().toLowerCase(Locale.ROOT))
        .increment();
    if (match == TokenMatch.PREVIOUS) {
      log.info("GATEWAY_TOKEN_PREVIOUS is still in use");
    }
    if (match == TokenMatch.INVALID) {
      throw new Failure(ErrorCode.UNAUTHORIZED, "client token missing or invalid");
    }
  }
}
