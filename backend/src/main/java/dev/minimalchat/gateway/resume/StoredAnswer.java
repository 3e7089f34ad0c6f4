package dev.minimalchat.gateway.resume;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.TaskScheduler;

/// An answer of this instance that outlives its connection: its events, its one reader, and the
/// time that it may run on without one. It does not know how it is written to a client, and where
/// it comes from. Thread-safe.
public final class StoredAnswer implements AnswerSource {
  private final AnswerMemory memory;
  private final AnswerText text;
  private final String bodyHash;
  private final String requestId;
  private final ResumeProperties settings;
  private final TaskScheduler timers;
  private final RemovalListener onRemove;

  /// Completed when the HTTP status is decided, exceptionally if that is an error.
  private final CompletableFuture<Void> status = new CompletableFuture<>();

  private @Nullable Reader reader;

  /// Of the grace time or, after the end, of the time to live.
  private @Nullable Future<?> expiry;

  private @Nullable UpstreamEvent terminal;
  private @Nullable Failure failure;
  private Runnable onAbandon = StoredAnswer::nothing;

  /// @param bodyHash of the request that started it
  /// @param onRemove removes it from where it is found
  StoredAnswer(
      AnswerText text,
      AnswerMemory memory,
      String bodyHash,
      String requestId,
      ResumeProperties settings,
      TaskScheduler timers,
      RemovalListener onRemove) {
    this.text = text;
    this.memory = memory;
    this.bodyHash = bodyHash;
    this.requestId = requestId;
    this.settings = settings;
    this.timers = timers;
    this.onRemove = onRemove;
  }

  boolean isOf(String otherBodyHash) {
    return bodyHash.equals(otherBodyHash);
  }

  /// Sets the action that ends the provider's work: of an answer that has no reader for too long,
  /// or is cancelled, also if it was before this call.
  public synchronized void onAbandon(Runnable action) {
    if (isEnded()) {
      Thread.startVirtualThread(action);
    } else {
      onAbandon = action;
    }
  }

  /// Adds an event of the provider.
  ///
  /// @return false if the answer has already ended
  public synchronized boolean add(UpstreamEvent event) {
    if (isEnded()) {
      return false;
    }
    switch (event) {
      case UpstreamEvent.Created(String id, String model) -> text.start(id, model);
      case UpstreamEvent.Restarted(String id, String model) -> text.restart(id, model);
      case UpstreamEvent.MessageStart(_, boolean isFirst) -> {
        if (!isFirst) {
          text.add(UpstreamEvent.MessageStart.SEPARATOR, false);
        }
      }
      case UpstreamEvent.TextDelta(String delta) -> text.add(delta, false);
      case UpstreamEvent.RefusalDelta(String delta) -> text.add(delta, true);
      case UpstreamEvent.ReasoningSummary _,
          UpstreamEvent.ReasoningText _,
          UpstreamEvent.WebSearch _,
          UpstreamEvent.FileSearch _,
          UpstreamEvent.Annotation _ ->
          text.addWork(event);
      case UpstreamEvent.Completed _, UpstreamEvent.Incomplete _ -> end(event, null);
      case UpstreamEvent.Attempt _,
          UpstreamEvent.KeepAlive _,
          UpstreamEvent.InProgress _,
          UpstreamEvent.Unknown _,
          UpstreamEvent.FunctionCall _,
          UpstreamEvent.FunctionCallArguments _,
          UpstreamEvent.FunctionCallDone _,
          UpstreamEvent.Reasoning _ -> {
        return true;
      }
    }
    if (!memory.resize(text.bytes())) {
      text.dropAll();
      memory.resize(text.bytes());
    }
    notifyAll();
    return true;
  }

  /// Ends an answer that failed.
  public synchronized void fail(Failure cause) {
    if (!isEnded()) {
      end(null, cause);
      notifyAll();
    }
  }

  /// The HTTP status is 200.
  public void commit() {
    status.complete(null);
  }

  /// The answer failed before the commit, so the failure is the HTTP response, and the key is free.
  public void reject(Failure cause) {
    drop(cause, true);
  }

  /// Whether the other instances may read it: the HTTP status of its request is 200, or it has
  /// ended without one because its client has left.
  public boolean isShareable() {
    return status.isDone() ? !status.isCompletedExceptionally() : end() >= 0;
  }

  /// The answer is not given here. A request that has joined it meanwhile fails.
  ///
  /// @param cause of that failure
  void discard(Failure cause) {
    drop(cause, false);
  }

  private void drop(Failure cause, boolean isRejected) {
    status.completeExceptionally(cause);
    fail(cause);
    remove(isRejected);
  }

  @Override
  public boolean awaitStatus(Duration timeout) throws InterruptedException {
    try {
      status.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw (Failure) e.getCause();
    }
  }

  @Override
  public boolean attach(Reader next, long after) {
    Reader previous;
    synchronized (this) {
      if (!text.has(after)) {
        return false;
      }
      previous = reader;
      reader = next;
      if (!isEnded()) {
        cancelExpiry();
      }
      notifyAll();
    }
    if (previous != null) {
      ReaderNotification.send(previous::replaced);
    }
    return true;
  }

  @Override
  public synchronized boolean detach(Reader gone) {
    if (isEnded()) {
      reader = gone.equals(reader) ? null : reader;
      return false;
    }
    if (gone.equals(reader)) {
      reader = null;
      startGrace();
    }
    return true;
  }

  @Override
  public synchronized AnswerEvents await(Reader by, long after, Duration timeout)
      throws InterruptedException, AnswerLostException {
    long deadline = System.nanoTime() + timeout.toNanos();
    long left = timeout.toNanos();
    while (by.equals(reader) && !isEnded() && text.next() <= after + 1 && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = deadline - System.nanoTime();
    }
    return by.equals(reader) ? read(after) : new AnswerEvents(after + 1, List.of(), null, true);
  }

  @Override
  public synchronized long end() {
    return isEnded() ? text.next() : -1;
  }

  @Override
  public synchronized Response response() {
    return new Response(text.id(), text.model(), requestId);
  }

  @Override
  public void cancel() {
    Reader last;
    Runnable action;
    synchronized (this) {
      if (isEnded()) {
        return;
      }
      last = reader;
      action = onAbandon;
      end(CANCELLED, null);
      notifyAll();
    }
    if (last != null) {
      ReaderNotification.send(last::cancelled);
    }
    action.run();
  }

  /// Events after this number, for the other instances.
  ///
  /// @return none if there are none yet
  /// @throws AnswerLostException if some of them are no longer there
  public synchronized AnswerEvents read(long after) throws AnswerLostException {
    if (!text.has(after)) {
      throw new AnswerLostException();
    }
    List<UpstreamEvent> events = new ArrayList<>(text.after(after));
    long first = text.firstAfter(after);
    boolean hasAll = first + events.size() >= text.next();
    if (!hasAll || !isEnded()) {
      return new AnswerEvents(first, events, null, false);
    }
    if (terminal != null && text.next() > after) {
      events.add(terminal);
    }
    return new AnswerEvents(first, events, text.next() > after ? failure : null, true);
  }

  /// Removes an answer from where it is found.
  @FunctionalInterface
  interface RemovalListener {
    /// Removes it.
    ///
    /// @param isRejected whether its key is free for the next request
    void onRemove(StoredAnswer answer, boolean isRejected);
  }

  private static void nothing() {}

  private boolean isEnded() {
    return terminal != null || failure != null;
  }

  /// Nothing is kept of the connections, which need ten times the memory of a short answer.
  private void end(@Nullable UpstreamEvent last, @Nullable Failure cause) {
    text.end();
    memory.resize(text.bytes());
    terminal = last;
    failure = cause;
    onAbandon = StoredAnswer::nothing;
    cancelExpiry();
    expiry = schedule(settings.ttl(), () -> remove(false));
  }

  private void startGrace() {
    cancelExpiry();
    expiry = schedule(settings.grace(), this::expire);
  }

  /// The action needs a thread of its own, because it closes a connection.
  private void expire() {
    Runnable action;
    synchronized (this) {
      if (reader != null || isEnded()) {
        return;
      }
      action = onAbandon;
      end(null, new Failure(ErrorCode.TIMEOUT, "no reader within RESUME_GRACE"));
      notifyAll();
    }
    Thread.startVirtualThread(action);
  }

  private void remove(boolean isRejected) {
    onRemove.onRemove(this, isRejected);
    memory.close();
    synchronized (this) {
      cancelExpiry();
      text.dropAll();
    }
  }

  private Future<?> schedule(Duration delay, Runnable action) {
    return timers.schedule(action, timers.getClock().instant().plus(delay));
  }

  private void cancelExpiry() {
    if (expiry != null) {
      expiry.cancel(false);
      expiry = null;
    }
  }
}
