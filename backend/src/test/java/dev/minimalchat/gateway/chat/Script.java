package dev.minimalchat.gateway.chat;

import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.when;

import dev.minimalchat.gateway.TestTimeouts;
import dev.minimalchat.gateway.upstream.Upstream;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;

/// What the provider says in one test, and what it was asked. Until it is told, it says nothing.
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
final class Script implements AutoCloseable {
  private final MeterRegistry meters;
  private final List<UpstreamRequest> prompts = new CopyOnWriteArrayList<>();
  private final List<ScriptedStream> streams = new CopyOnWriteArrayList<>();
  private volatile Consumer<ScriptedStream> answer = _ -> {};

  Script(Upstream upstream, MeterRegistry meters) {
    this.meters = meters;
    when(upstream.stream(any())).thenAnswer(call -> open(call.getArgument(0)));
  }

  /// The beginning of every further answer, or all of it.
  void says(UpstreamEvent... events) {
    answer = stream -> stream.says(events);
  }

  void fails(RuntimeException failure) {
    answer = stream -> stream.fails(failure);
  }

  List<UpstreamRequest> prompts() {
    return prompts;
  }

  /// Ends every answer, and waits until the application knows.
  @Override
  public void close() {
    streams.forEach(ScriptedStream::close);
    await()
        .atMost(TestTimeouts.LIMIT)
        .until(() -> meters.get("gateway.streams.active").gauge().value() == 0);
  }

  private ScriptedStream open(UpstreamRequest prompt) {
    prompts.add(prompt);
    ScriptedStream stream = new ScriptedStream();
    answer.accept(stream);
    streams.add(stream);
    return stream;
  }
}
