package dev.minimalchat.gateway.upstream.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.TestTimeouts;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.Upstream;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A provider that responds to each request with the next script: events, or a failure. At the end
/// of its script a stream blocks until it is closed.
final class ScriptedUpstream implements Upstream {
  private final Queue<List<Object>> scripts = new ArrayDeque<>();
  private final List<Response> responses = new ArrayList<>();
  private final List<UpstreamRequest> requests = new ArrayList<>();

  /// Adds the script of the next request.
  ScriptedUpstream respondsWith(Object... eventsAndFailures) {
    scripts.add(Arrays.asList(eventsAndFailures));
    return this;
  }

  /// The number of requests sent. A request is sent by the first read of its stream.
  int attempts() {
    return (int) responses.stream().filter(response -> response.reads.get() > 0).count();
  }

  /// The requests, in the order of their streams, whether they were sent or not.
  List<UpstreamRequest> requests() {
    return requests;
  }

  Response response(int attempt) {
    return responses.get(attempt);
  }

  @Override
  public Response stream(UpstreamRequest request) {
    List<Object> script = scripts.isEmpty() ? List.of() : scripts.remove();
    Response response = new Response(new ArrayDeque<>(script));
    responses.add(response);
    requests.add(request);
    return response;
  }

  static final class Response implements UpstreamStream {
    private final CountDownLatch blocked = new CountDownLatch(1);
    final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger reads = new AtomicInteger();
    private final Queue<Object> script;

    private Response(Queue<Object> script) {
      this.script = script;
    }

    @Override
    public UpstreamEvent next() {
      reads.incrementAndGet();
      return switch (script.poll()) {
        case UpstreamEvent event -> event;
        case Failure failure -> throw failure;
        case null, default -> throw block();
      };
    }

    @Override
    public boolean ready() {
      return !script.isEmpty();
    }

    @Override
    public void close() {
      closed.countDown();
    }

    /// Waits until the reader blocks at the end of the script.
    void awaitBlocked() throws InterruptedException {
      assertThat(blocked.await(TestTimeouts.SECONDS, TimeUnit.SECONDS)).as("blocked").isTrue();
    }

    private Failure block() {
      blocked.countDown();
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return new Failure(ErrorCode.PROVIDER_ERROR, "closed by the gateway");
    }
  }
}
