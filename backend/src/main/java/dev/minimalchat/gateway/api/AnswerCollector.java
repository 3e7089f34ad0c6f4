package dev.minimalchat.gateway.api;

import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.RequestId;
import dev.minimalchat.gateway.relay.AnswerWriter;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.Usage;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Collects an answer that is not streamed. Nothing is sent before its end, so every failure is an
/// HTTP error response.
final class AnswerCollector implements AnswerWriter {
  private final ResponseOutput output;
  private @Nullable AnswerEnd end;
  private @Nullable String fallbackModel;
  private @Nullable Usage estimatedUsage;

  /// @param idSuffix of the items' ids
  /// @param memory reserves bytes
  AnswerCollector(String idSuffix, LongConsumer memory) {
    this.output = new ResponseOutput(idSuffix, memory, (_, _) -> {});
  }

  List<OutputItem> items() {
    return output.items();
  }

  /// How the answer has ended. Must not be called before that.
  AnswerEnd end() {
    return Objects.requireNonNull(end);
  }

  /// The model that has answered, if it is the fallback's; else null.
  @Nullable String fallbackModel() {
    return fallbackModel;
  }

  /// The usage, estimated where the provider has not reported it. Must not be called before the
  /// end.
  Usage usage() {
    return Objects.requireNonNull(end().usage() == null ? estimatedUsage : end().usage());
  }

  @Override
  public void estimatedUsage(Usage usage) {
    estimatedUsage = usage;
  }

  @Override
  public boolean write(UpstreamEvent event) {
    if (event instanceof UpstreamEvent.Attempt(_, String model)) {
      fallbackModel = model;
    }
    if (end == null) {
      end = output.add(event);
    }
    return false;
  }

  @Override
  public boolean commitsAt(UpstreamEvent event) {
    return event.isTerminal();
  }

  /// Never called: a failure before the end is the response itself.
  @Override
  public void fail(Failure failure, RequestId id) {}

  @Override
  public void commit() {}

  @Override
  public void flush() {}

  @Override
  public void keepAlive() {}

  @Override
  public void complete() {}

  @Override
  public void onDisconnect(Runnable action) {}
}
