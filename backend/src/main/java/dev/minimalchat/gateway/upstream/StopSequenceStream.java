package dev.minimalchat.gateway.upstream;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/// An answer that ends before the first of the client's stop sequences, which the Responses API
/// does not know. There the provider is stopped, so the usage is unknown.
///
/// The end of the text is held back as long as it can be the beginning of a sequence.
final class StopSequenceStream implements UpstreamStream {
  private final UpstreamStream delegate;
  private final List<String> sequences;
  private final StringBuilder held = new StringBuilder();
  private final Queue<UpstreamEvent> pending = new ArrayDeque<>();

  /// @param sequences none of them empty
  StopSequenceStream(UpstreamStream delegate, List<String> sequences) {
    this.delegate = delegate;
    this.sequences = List.copyOf(sequences);
  }

  @Override
  public UpstreamEvent next() {
    if (pending.isEmpty()) {
      add(delegate.next());
    }
    return pending.remove();
  }

  @Override
  public boolean ready() {
    return !pending.isEmpty() || delegate.ready();
  }

  @Override
  public boolean holdsRequest() {
    return delegate.holdsRequest();
  }

  @Override
  public boolean releaseRequest() {
    return delegate.releaseRequest();
  }

  @Override
  public void close() {
    delegate.close();
  }

  /// Adds at least one event.
  private void add(UpstreamEvent event) {
    switch (event) {
      case UpstreamEvent.TextDelta(String text) -> addText(text);
      case UpstreamEvent.Restarted _ -> {
        held.setLength(0);
        pending.add(event);
      }
      default -> {
        if (event.isContent()) {
          release(held.length());
        }
        pending.add(event);
      }
    }
  }

  private void addText(String text) {
    held.append(text);
    int stop = stop();
    if (stop < 0) {
      release(held.length() - lengthOfBeginning());
    } else {
      release(stop);
      pending.add(new UpstreamEvent.Completed(null));
      delegate.close();
    }
    if (pending.isEmpty()) {
      pending.add(new UpstreamEvent.InProgress());
    }
  }

  /// Where the first sequence begins; -1 if there is none.
  private int stop() {
    return sequences.stream().mapToInt(held::indexOf).filter(index -> index >= 0).min().orElse(-1);
  }

  /// How much at the end can be the beginning of a sequence.
  private int lengthOfBeginning() {
    int longest = 0;
    for (String sequence : sequences) {
      int length = Math.min(sequence.length() - 1, held.length());
      while (length > longest && !endsWith(sequence, length)) {
        length--;
      }
      longest = Math.max(longest, length);
    }
    return longest;
  }

  private boolean endsWith(String sequence, int length) {
    return held.lastIndexOf(sequence.substring(0, length)) == held.length() - length;
  }

  private void release(int length) {
    if (length > 0) {
      pending.add(new UpstreamEvent.TextDelta(held.substring(0, length)));
      held.delete(0, length);
    }
  }
}
