package dev.minimalchat.gateway.chat;

import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.RequestId;
import dev.minimalchat.gateway.relay.AnswerWriter;
import dev.minimalchat.gateway.relay.ClientDisconnectedException;
import dev.minimalchat.gateway.resume.AnswerSource;
import dev.minimalchat.gateway.resume.StoredAnswer;
import dev.minimalchat.gateway.upstream.UpstreamEvent;

/// Keeps an answer, and writes it to the client that has requested it until that client leaves or
/// reads on through another request. The answer goes on without it, for a while.
final class ResumableWriter implements AnswerWriter, AnswerSource.Reader {
  private final StoredAnswer answer;
  private final EventWriter client;

  /// Whether the client reads here.
  private boolean isAttached = true;

  ResumableWriter(StoredAnswer answer, EventWriter client) {
    this.answer = answer;
    this.client = client;
    answer.attach(this, -1);
  }

  @Override
  public synchronized boolean write(UpstreamEvent event) {
    return answer.add(event) && isAttached && client.write(event);
  }

  @Override
  public synchronized void fail(Failure failure, RequestId id) {
    answer.fail(failure);
    if (isAttached) {
      client.fail(failure, id);
    }
  }

  @Override
  public void reject(Failure failure) {
    answer.reject(failure);
  }

  @Override
  public boolean commitsAt(UpstreamEvent event) {
    return client.commitsAt(event);
  }

  @Override
  public void commit() {
    answer.commit();
    client.commit();
  }

  @Override
  public void flush() {
    send(client::flush);
  }

  @Override
  public void keepAlive() {
    send(client::keepAlive);
  }

  @Override
  public void complete() {
    if (leave()) {
      client.complete();
    }
    answer.detach(this);
  }

  /// @param action ends the answer
  @Override
  public void onDisconnect(Runnable action) {
    answer.onAbandon(action);
    client.onDisconnect(action);
  }

  @Override
  public boolean detach() {
    leave();
    return answer.detach(this);
  }

  @Override
  public void replaced() {
    complete();
  }

  @Override
  public void cancelled() {
    synchronized (this) {
      if (isAttached) {
        client.write(AnswerSource.CANCELLED);
      }
    }
    flush();
    complete();
  }

  /// Returns whether the client was still reading here.
  private synchronized boolean leave() {
    boolean was = isAttached;
    isAttached = false;
    return was;
  }

  private synchronized boolean isAttached() {
    return isAttached;
  }

  private void send(Runnable action) {
    if (isAttached()) {
      try {
        action.run();
      } catch (ClientDisconnectedException e) {
        detach();
      }
    }
  }
}
