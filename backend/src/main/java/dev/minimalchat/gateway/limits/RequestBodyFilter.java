package dev.minimalchat.gateway.limits;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.OpenAiRoutes;
import dev.minimalchat.gateway.errors.RejectingFilter;
import dev.minimalchat.gateway.memory.MemoryBudget;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.web.servlet.HandlerExceptionResolver;

/// Rejects a body over `MAX_REQUEST_BYTES`, by its Content-Length or else while it is read, one
/// that arrives too slowly, and one that no reader could make sense of: compressed, or of a type
/// that Spring fails to parse. The memory of a body is reserved until the request ends, or until an
/// answer takes it over.
public class RequestBodyFilter extends RejectingFilter {
  private static final String RESERVATION = RequestBodyFilter.class.getName();
  private static final String TIMEOUT = BodyTimeout.class.getName();

  private final LimitsProperties limits;
  private final MemoryBudget memory;
  private final ClientLimitsCache clients;
  private final InstantSource clock;

  RequestBodyFilter(
      LimitsProperties limits,
      MemoryBudget memory,
      ClientLimitsCache clients,
      TaskScheduler timers,
      HandlerExceptionResolver handlerExceptionResolver) {
    super(handlerExceptionResolver);
    this.limits = limits;
    this.memory = memory;
    this.clients = clients;
    this.clock = timers.getClock();
  }

  /// Takes over the memory of this request's body.
  static MemoryBudget.@Nullable Reservation takeReservation(HttpServletRequest request) {
    Object reservation = request.getAttribute(RESERVATION);
    request.removeAttribute(RESERVATION);
    return (MemoryBudget.Reservation) reservation;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    request.setAttribute(RESERVATION, memory.reserve(0));
    try (BodyTimeout timeout = new BodyTimeout(clock, () -> clients.of(request).slowBodies())) {
      request.setAttribute(TIMEOUT, timeout);
      super.doFilterInternal(request, response, chain);
    } finally {
      MemoryBudget.Reservation unused = takeReservation(request);
      if (unused != null) {
        unused.close();
      }
    }
  }

  @Override
  protected HttpServletRequest check(HttpServletRequest request, HttpServletResponse response) {
    if (isEncoded(request)) {
      throw OpenAiRoutes.matches(request)
          ? Failure.encodedBody()
          : new Failure(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "encoded body");
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
        var reservation = (MemoryBudget.Reservation) getAttribute(RESERVATION);
        var timeout = (BodyTimeout) getAttribute(TIMEOUT);
        return new LimitedInputStream(super.getInputStream(), limits, reservation, timeout);
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
