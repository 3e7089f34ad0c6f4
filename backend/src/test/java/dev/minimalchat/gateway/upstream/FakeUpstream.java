package dev.minimalchat.gateway.upstream;

import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.when;

import dev.minimalchat.gateway.TestTimeouts;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;

/// The upstream of one test: emits the given events and records the requests. Without events it is
/// silent.
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
public final class FakeUpstream implements AutoCloseable {
  private final MeterRegistry meters;
  private final List<UpstreamRequest> requests = new CopyOnWriteArrayList<>();
  private final List<FakeUpstreamStream> streams = new CopyOnWriteArrayList<>();
  private volatile Consumer<FakeUpstreamStream> script = _ -> {};

  public FakeUpstream(Upstream upstream, MeterRegistry meters) {
    this.meters = meters;
    when(upstream.stream(any())).thenAnswer(call -> open(call.getArgument(0)));
  }

  /// Sets the first events, or all events, of every following answer.
  public void emits(UpstreamEvent... events) {
    script = stream -> stream.emits(events);
  }

  public void emitsThenFails(RuntimeException failure, UpstreamEvent... events) {
    script = stream -> stream.emits(events).fails(failure);
  }

  public void fails(RuntimeException failure) {
    script = stream -> stream.fails(failure);
  }

  public List<UpstreamRequest> requests() {
    return requests;
  }

  /// Ends every answer and waits until the gateway has released their permits.
  @Override
  public void close() {
    streams.forEach(FakeUpstreamStream::close);
    await()
        .atMost(TestTimeouts.LIMIT)
        .until(() -> meters.get("gateway.streams.active").gauge().value() == 0);
  }

  private FakeUpstreamStream open(UpstreamRequest request) {
    requests.add(request);
    FakeUpstreamStream stream = new FakeUpstreamStream();
    script.accept(stream);
    streams.add(stream);
    return stream;
  }
}
