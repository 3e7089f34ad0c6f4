package dev.minimalchat.gateway.errors;

import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Identifies one request in the response, the log, the error and at the provider.
///
/// The client's own id is used if it is safe in a header and in a log line.
public record RequestId(String value) {
  public static final String HEADER = "X-Request-Id";

  static final String ATTRIBUTE = RequestId.class.getName();
  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /// This id, or a new one in its place.
  public static RequestId accept(@Nullable String header) {
    return header != null && SAFE.matcher(header).matches()
        ? new RequestId(header)
        : new RequestId(UUID.randomUUID().toString());
  }

  /// The id that [RequestIdFilter] has set, or a new one.
  public static RequestId of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof RequestId id ? id : accept(null);
  }
}
