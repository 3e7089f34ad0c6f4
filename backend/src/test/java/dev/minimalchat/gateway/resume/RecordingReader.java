package dev.minimalchat.gateway.resume;

import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.resume.AnswerSource.AnswerLostException;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A reader that keeps what it has read, as a client does.
final class RecordingReader implements AnswerSource.Reader {
  final List<UpstreamEvent> events = new ArrayList<>();
  final StringBuilder text = new StringBuilder();
  final List<UpstreamEvent> work = new ArrayList<>();
  long after = -1;
  @Nullable Failure failure;
  boolean replaced;
  boolean cancelled;
  boolean ended;

  @Override
  public void replaced() {
    replaced = true;
  }

  @Override
  public void cancelled() {
    cancelled = true;
  }

  /// Reads everything that is there, without waiting.
  void read(StoredAnswer answer) {
    try {
      AnswerEvents next = answer.await(this, after, Duration.ZERO);
      while (!next.isEmpty()) {
        accept(next);
        next = answer.await(this, after, Duration.ZERO);
      }
      ended = next.isEnd() && !replaced;
    } catch (InterruptedException | AnswerLostException e) {
      throw new AssertionError(e);
    }
  }

  void accept(AnswerEvents next) {
    if (next.first() > after + 1
        && !(next.events().getFirst() instanceof UpstreamEvent.Restarted)) {
      throw new AssertionError(
          "events were skipped: after %d came %d".formatted(after, next.first()));
    }
    after = next.last();
    failure = next.failure();
    for (UpstreamEvent event : next.events()) {
      events.add(event);
      switch (event) {
        case UpstreamEvent.TextDelta(String delta) -> text.append(delta);
        case UpstreamEvent.Restarted _ -> {
          text.setLength(0);
          work.clear();
        }
        default -> {
          if (event.isWork()) {
            work.add(event);
          }
        }
      }
    }
  }
}
