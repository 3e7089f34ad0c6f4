package dev.minimalchat.gateway.errors;

import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names one request everywhere: in the answer, the log, the error and at the provider.
///
/// The caller's own name is kept if it is harmless in a header and in a log line.
public record RequestId(String value) {
  public static final String HEADER = "X-Request-Id";

  private static final String ATTRIBUTE = RequestId.class.getName();
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  static RequestId accept(@Nullable String offered) {
    return offered != null && HARMLESS.matcher(offered).matches()
        ? new RequestId(offered)
        : new RequestId(UUID.randomUUID().toString());
  }

  /// The id of a request that has passed [RequestIdFilter]; a fresh one for any that has not.
  public static RequestId of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof RequestId id ? id : accept(null);
  }

  void attachTo(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  @Override
  public String toString() {
    return value;
  }
}
