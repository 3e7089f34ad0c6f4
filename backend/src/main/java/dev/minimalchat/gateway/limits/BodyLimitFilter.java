package dev.minimalchat.gateway.limits;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.RefusalFilter;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;

/// Refuses a body that is too large before it is held: by its declared length, and else by counting
/// while it is read.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 30)
class BodyLimitFilter extends RefusalFilter {
  private final LimitsProperties limits;

  BodyLimitFilter(LimitsProperties limits, HandlerExceptionResolver handlerExceptionResolver) {
    super(handlerExceptionResolver);
    this.limits = limits;
  }

  @Override
  protected HttpServletRequest admit(HttpServletRequest request, HttpServletResponse response) {
    if (limits.tooManyBytes(request.getContentLengthLong())) {
      throw new Failure(ErrorCode.PAYLOAD_TOO_LARGE, "declared length over MAX_REQUEST_BYTES");
    }
    return new HttpServletRequestWrapper(request) {
      @Override
      public ServletInputStream getInputStream() throws IOException {
        return new CountedBody(super.getInputStream(), limits);
      }
    };
  }
}
