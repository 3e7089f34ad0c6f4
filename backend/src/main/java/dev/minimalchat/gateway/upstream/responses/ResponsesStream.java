package dev.minimalchat.gateway.upstream.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.RedactedException;
import dev.minimalchat.gateway.timeouts.Deadline;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamFailure;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/// One HTTP request to the provider and its response stream.
///
/// It has no timeouts of its own: those call [#close] from another thread.
final class ResponsesStream implements UpstreamStream {
  private static final Logger log = LoggerFactory.getLogger(ResponsesStream.class);
  private static final JsonMapper JSON = new JsonMapper();

  /// The terminal event repeats the whole text, so the limit is well above any response.
  private static final int MAX_EVENT_BYTES = 4 << 20;

  private static final int MAX_ERROR_BYTES = 16 << 10;

  /// What a provider asks for beyond it is a mistake of its clock, or of ours.
  private static final Duration MAX_RETRY_AFTER = Duration.ofHours(1);

  /// How long to wait for the end of the body after the terminal event, so that the connection can
  /// be reused.
  private static final Duration DRAIN_TIMEOUT = Duration.ofMillis(500);

  private final CloseableHttpClient client;
  private final HttpPost request;
  private final ThreadPoolTaskScheduler timers;
  private final InstantSource clock;
  private final RequestParameters parameters;
  private final EventMapper mapper;
  private final EventMemory memory;
  private final Queue<UpstreamEvent> pending = new ArrayDeque<>();

  private @Nullable ClassicHttpResponse response;
  private @Nullable SseReader reader;
  private volatile boolean ended;
  private final AtomicBoolean closed = new AtomicBoolean();

  ResponsesStream(
      CloseableHttpClient client,
      HttpPost request,
      RequestParameters parameters,
      EventMapper mapper,
      EventMemory memory,
      ThreadPoolTaskScheduler timers,
      InstantSource clock) {
    this.client = client;
    this.request = request;
    this.parameters = parameters;
    this.mapper = mapper;
    this.memory = memory;
    this.timers = timers;
    this.clock = clock;
  }

  @Override
  public UpstreamEvent next() {
    try {
      if (response == null) {
        response = client.executeOpen(null, request, null);
        // Releases the conversation while the answer streams.
        request.setEntity(null);
        openResponse(response);
      }
      while (pending.isEmpty()) {
        pending.addAll(read());
      }
      UpstreamEvent event = pending.remove();
      ended = event.isTerminal();
      return event;
    } catch (IOException e) {
      throw toFailure(e);
    } catch (IllegalStateException e) {
      // Thrown by the client if it is aborted before it is connected.
      throw closed.get() ? cancelled() : e;
    }
  }

  @Override
  public boolean ready() {
    try {
      return !pending.isEmpty() || (reader != null && reader.ready());
    } catch (IOException e) {
      return true;
    }
  }

  /// After the terminal event the body is drained, so that the connection can be reused. Before it
  /// the connection is aborted, which makes the provider stop.
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    memory.close();
    if (!ended) {
      request.abort();
      return;
    }
    try (var _ = Deadline.start(timers, DRAIN_TIMEOUT, request::abort);
        ClassicHttpResponse finished = response) {
      HttpEntity entity = finished == null ? null : finished.getEntity();
      if (entity != null) {
        entity.getContent().transferTo(OutputStream.nullOutputStream());
      }
    } catch (IOException e) {
      log.debug("the provider's connection cannot be reused: {}", RedactedException.names(e));
    }
  }

  private List<UpstreamEvent> read() throws IOException {
    ServerSentEvent event = reader == null ? null : reader.next();
    if (event != null && !event.isDone()) {
      return mapper.map(event);
    }
    List<UpstreamEvent> end = event == null && reader != null ? unfinished(reader) : List.of();
    if (end.isEmpty() || !end.getLast().isTerminal()) {
      throw new UpstreamFailure(
          ErrorCode.PROVIDER_ERROR, true, "the provider's stream ended early", null, null);
    }
    return end;
  }

  /// Some servers leave out the empty line after the last event.
  private List<UpstreamEvent> unfinished(SseReader reader) throws IOException {
    ServerSentEvent event = reader.unfinished();
    return event == null ? List.of() : mapper.map(event);
  }

  private void openResponse(ClassicHttpResponse response) throws IOException {
    HttpEntity entity = response.getEntity();
    InputStream body = entity == null ? InputStream.nullInputStream() : entity.getContent();
    if (response.getCode() / 100 != 2) {
      throw errorResponse(response, body);
    }
    if (entity == null) {
      throw malformed("is empty");
    }
    if (!isIdentity(entity.getContentEncoding())) {
      throw malformed("has a content encoding");
    }
    TypedBody typed = TypedBody.of(ContentType.parseLenient(entity.getContentType()), body);
    switch (typed.type()) {
      case EVENT_STREAM -> reader = new SseReader(typed.content(), MAX_EVENT_BYTES, memory);
      case JSON -> pending.addAll(mapper.mapDocument(document(typed.content())));
      case UNKNOWN -> throw malformed("is neither an event stream nor JSON");
    }
  }

  private static boolean isIdentity(@Nullable String encoding) {
    return encoding == null || encoding.isBlank() || encoding.equalsIgnoreCase("identity");
  }

  private byte[] document(InputStream content) throws IOException {
    ByteArrayOutputStream document = new ByteArrayOutputStream();
    byte[] piece = content.readNBytes(EventMemory.SMALL_EVENT_BYTES);
    while (piece.length > 0) {
      if (document.size() + piece.length > MAX_EVENT_BYTES) {
        throw malformed("is larger than " + MAX_EVENT_BYTES + " bytes");
      }
      memory.reserve(document.size() + piece.length);
      document.write(piece);
      piece = content.readNBytes(EventMemory.SMALL_EVENT_BYTES);
    }
    return document.toByteArray();
  }

  private static Failure malformed(String what) {
    return new Failure(ErrorCode.PROVIDER_ERROR, "the provider's response " + what);
  }

  /// The body is parsed as JSON whatever its Content-Type is.
  private UpstreamFailure errorResponse(ClassicHttpResponse response, InputStream body)
      throws IOException {
    byte[] bytes = body.readNBytes(MAX_ERROR_BYTES);
    return ProviderErrors.of(
        response.getCode(), error(bytes), retryAfter(response), shouldRetry(response), parameters);
  }

  /// Some servers send the error's fields without `error` around them, some in an array.
  private static @Nullable JsonNode error(byte[] body) {
    try {
      JsonNode root = JSON.readTree(body);
      JsonNode first = root.isArray() ? root.path(0) : root;
      return first.path("error").isMissingNode() ? first : first.path("error");
    } catch (IOException e) {
      return null;
    }
  }

  private static @Nullable Boolean shouldRetry(ClassicHttpResponse response) {
    Header header = response.getFirstHeader("x-should-retry");
    return header == null ? null : Boolean.valueOf(header.getValue());
  }

  private @Nullable Duration retryAfter(ClassicHttpResponse response) {
    return milliseconds(response, "retry-after-ms", 1)
        .or(() -> milliseconds(response, "retry-after", 1000))
        .or(() -> untilDate(response, "retry-after"))
        .orElse(null);
  }

  private static Optional<Duration> milliseconds(
      ClassicHttpResponse response, String name, int factor) {
    Header header = response.getFirstHeader(name);
    try {
      return Optional.ofNullable(header)
          .map(value -> Double.parseDouble(value.getValue()) * factor)
          .filter(Double::isFinite)
          .map(value -> atMostMaxRetryAfter(Duration.ofMillis(value.longValue())));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private Optional<Duration> untilDate(ClassicHttpResponse response, String name) {
    return Optional.ofNullable(DateUtils.parseStandardDate(response, name))
        .map(date -> Duration.between(clock.instant(), date))
        .map(ResponsesStream::atMostMaxRetryAfter);
  }

  /// A time in the past is now.
  private static Duration atMostMaxRetryAfter(Duration wait) {
    Duration future = wait.isNegative() ? Duration.ZERO : wait;
    return future.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : future;
  }

  private Failure toFailure(IOException e) {
    if (closed.get()) {
      return cancelled();
    }
    boolean notConnected = e instanceof ConnectTimeoutException;
    boolean timedOut = e instanceof InterruptedIOException;
    return new UpstreamFailure(
        timedOut ? ErrorCode.TIMEOUT : ErrorCode.PROVIDER_ERROR,
        notConnected || !timedOut,
        "provider connection: " + RedactedException.names(e),
        null,
        null);
  }

  private static Failure cancelled() {
    return new Failure(ErrorCode.PROVIDER_ERROR, "closed by the gateway");
  }
}
