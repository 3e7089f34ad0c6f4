package dev.minimalchat.gateway.upstream.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamFailure;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
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
import org.springframework.scheduling.TaskScheduler;

/// One exchange with the provider, from the request to the end of its stream.
///
/// It does not watch the clock: whoever does calls [#close] from another thread.
final class ResponsesStream implements UpstreamStream {
  private static final Logger log = LoggerFactory.getLogger(ResponsesStream.class);
  private static final JsonMapper JSON = new JsonMapper();

  /// The last event of a stream repeats the whole text; nothing honest is larger than this.
  private static final int MAX_EVENT_BYTES = 4 << 20;

  private static final int MAX_ERROR_BYTES = 16 << 10;

  /// How long the provider may take to close a stream that it has ended, so that its connection can
  /// serve again.
  private static final Duration LINGER = Duration.ofMillis(500);

  private final CloseableHttpClient client;
  private final HttpPost request;
  private final TaskScheduler scheduler;
  private final Translation translation = new Translation();
  private final Queue<UpstreamEvent> pending = new ArrayDeque<>();

  private @Nullable ClassicHttpResponse response;
  private @Nullable SseReader reader;
  private volatile boolean ended;
  private final AtomicBoolean closed = new AtomicBoolean();

  ResponsesStream(CloseableHttpClient client, HttpPost request, TaskScheduler scheduler) {
    this.client = client;
    this.request = request;
    this.scheduler = scheduler;
  }

  @Override
  public UpstreamEvent next() {
    try {
      if (response == null) {
        response = client.executeOpen(null, request, null);
        // A long conversation is not to be held for as long as its answer lasts.
        request.setEntity(null);
        begin(response);
      }
      while (pending.isEmpty()) {
        pending.addAll(translation.of(read()));
      }
      UpstreamEvent event = pending.remove();
      ended = event.last();
      return event;
    } catch (IOException e) {
      throw broken(e);
    } catch (IllegalStateException e) {
      // What the client throws when it is aborted before it is connected.
      throw closed.get() ? closedByTheGateway(e) : e;
    }
  }

  @Override
  public boolean moreIsHere() {
    try {
      return !pending.isEmpty() || (reader != null && reader.ready());
    } catch (IOException e) {
      return true;
    }
  }

  /// After the end the rest is read off, so that the connection can serve again; before it the
  /// connection is cut, which is what tells a provider to stop.
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    if (!ended) {
      request.abort();
      return;
    }
    var impatience =
        scheduler.schedule(request::abort, scheduler.getClock().instant().plus(LINGER));
    try (ClassicHttpResponse finished = response) {
      HttpEntity entity = finished == null ? null : finished.getEntity();
      if (entity != null) {
        entity.getContent().transferTo(OutputStream.nullOutputStream());
      }
    } catch (IOException e) {
      log.debug("the provider's connection cannot be used again: {}", e.toString());
    } finally {
      impatience.cancel(false);
    }
  }

  private ServerSentEvent read() throws IOException {
    ServerSentEvent event = reader == null ? null : reader.next();
    if (event == null || event.data().startsWith("[DONE]")) {
      throw new UpstreamFailure(
          ErrorCode.PROVIDER_ERROR, true, "the provider's stream ended early", null, null);
    }
    return event;
  }

  private void begin(ClassicHttpResponse answer) throws IOException {
    ContentType type = ContentType.parseLenient(contentType(answer));
    InputStream body = answer.getEntity() == null ? null : answer.getEntity().getContent();
    if (answer.getCode() / 100 != 2) {
      throw refused(answer, body);
    }
    if (body == null || type == null) {
      throw new Failure(ErrorCode.PROVIDER_ERROR, "the provider's answer is empty");
    }
    if (type.isSameMimeType(ContentType.TEXT_EVENT_STREAM)) {
      reader = new SseReader(body, MAX_EVENT_BYTES);
    } else if (type.isSameMimeType(ContentType.APPLICATION_JSON)) {
      pending.addAll(translation.ofDocument(body.readNBytes(MAX_EVENT_BYTES)));
    } else {
      throw new Failure(
          ErrorCode.PROVIDER_ERROR, "the provider answered 200 with " + type.getMimeType());
    }
  }

  private static @Nullable String contentType(ClassicHttpResponse answer) {
    return answer.getEntity() == null ? null : answer.getEntity().getContentType();
  }

  /// The body of a refusal is JSON whatever its type says, or it is of no use.
  private UpstreamFailure refused(ClassicHttpResponse answer, @Nullable InputStream body)
      throws IOException {
    byte[] bytes = body == null ? new byte[0] : body.readNBytes(MAX_ERROR_BYTES);
    return ProviderErrors.of(
        answer.getCode(), error(bytes), retryAfter(answer), shouldRetry(answer));
  }

  private static @Nullable JsonNode error(byte[] body) {
    try {
      return JSON.readTree(body).get("error");
    } catch (IOException e) {
      return null;
    }
  }

  private static @Nullable Boolean shouldRetry(ClassicHttpResponse answer) {
    Header header = answer.getFirstHeader("x-should-retry");
    return header == null ? null : Boolean.valueOf(header.getValue());
  }

  private @Nullable Duration retryAfter(ClassicHttpResponse answer) {
    return milliseconds(answer, "retry-after-ms", 1)
        .or(() -> milliseconds(answer, "retry-after", 1000))
        .or(() -> untilDate(answer, "retry-after"))
        .orElse(null);
  }

  private static Optional<Duration> milliseconds(
      ClassicHttpResponse answer, String name, int factor) {
    Header header = answer.getFirstHeader(name);
    try {
      return Optional.ofNullable(header)
          .map(value -> Double.parseDouble(value.getValue()) * factor)
          .filter(Double::isFinite)
          .map(value -> Duration.ofMillis(Math.max(0, value.longValue())));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private Optional<Duration> untilDate(ClassicHttpResponse answer, String name) {
    return Optional.ofNullable(DateUtils.parseStandardDate(answer, name))
        .map(date -> Duration.between(scheduler.getClock().instant(), date))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
  }

  private Failure broken(IOException e) {
    if (closed.get()) {
      return closedByTheGateway(e);
    }
    boolean unreachable = e instanceof ConnectTimeoutException;
    boolean late = e instanceof InterruptedIOException;
    return new UpstreamFailure(
        late ? ErrorCode.TIMEOUT : ErrorCode.PROVIDER_ERROR,
        unreachable || !late,
        "provider connection: " + e,
        null,
        e);
  }

  private static Failure closedByTheGateway(Exception e) {
    return new Failure(ErrorCode.PROVIDER_ERROR, "closed by the gateway", e);
  }
}
