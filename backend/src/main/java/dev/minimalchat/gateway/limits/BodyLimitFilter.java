package dev.minimalchat.gateway.limits;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.RejectingFilter;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.servlet.HandlerExceptionResolver;

/// Rejects a body over `MAX_REQUEST_BYTES`: by its Content-Length, otherwise while it is read.
public class BodyLimitFilter extends RejectingFilter {
  private final LimitsProperties limits;

  BodyLimitFilter(LimitsProperties limits, HandlerExceptionResolver handlerExceptionResolver) {
    super(handlerExceptionResolver);
    this.limits = limits;
  }

  @Override
  protected HttpServletRequest check(HttpServletRequest request, HttpServletResponse response) {
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
}
