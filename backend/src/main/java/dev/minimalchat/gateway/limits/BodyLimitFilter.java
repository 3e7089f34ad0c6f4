package dev.minimalchat.gateway.limits;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.RejectingFilter;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.HandlerExceptionResolver;

/// Rejects a body over `MAX_REQUEST_BYTES`, by its Content-Length or else while it is read, and one
/// that no reader could make sense of: compressed, or of a type that Spring fails to parse.
public class BodyLimitFilter extends RejectingFilter {
  private final LimitsProperties limits;

  BodyLimitFilter(LimitsProperties limits, HandlerExceptionResolver handlerExceptionResolver) {
    super(handlerExceptionResolver);
    this.limits = limits;
  }

  @Override
  protected HttpServletRequest check(HttpServletRequest request, HttpServletResponse response) {
    if (isEncoded(request)) {
      throw new Failure(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "encoded body");
    }
    if (!hasValidType(request)) {
      throw new Failure(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "malformed Content-Type");
    }
    if (limits.exceedsMaxBytes(request.getContentLengthLong())) {
      throw new Failure(ErrorCode.PAYLOAD_TOO_LARGE, "declared length over MAX_REQUEST_BYTES");
    }
    return new HttpServletRequestWrapper(request) {
      @Override
      public ServletInputStream getInputStream() throws IOException {
        return new LimitedInputStream(super.getInputStream(), limits);
      }
    };
  }

  private static boolean hasValidType(HttpServletRequest request) {
    String type = request.getContentType();
    try {
      return type == null || type.isBlank() || MediaType.parseMediaType(type).isConcrete();
    } catch (InvalidMediaTypeException e) {
      return false;
    }
  }

  private static boolean isEncoded(HttpServletRequest request) {
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    return encoding != null && !encoding.isBlank() && !encoding.equalsIgnoreCase("identity");
  }
}
