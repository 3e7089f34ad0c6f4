package dev.minimalchat.gateway.chat;

import dev.minimalchat.gateway.errors.RequestId;
import dev.minimalchat.gateway.relay.AnswerStream;
import dev.minimalchat.gateway.relay.ClientDisconnectedException;
import dev.minimalchat.gateway.resume.AnswerEvents;
import dev.minimalchat.gateway.resume.AnswerSource;
import dev.minimalchat.gateway.resume.AnswerSource.AnswerLostException;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes an answer that another request has started to a client, from any event on.
final class AnswerReader implements Runnable, AnswerSource.Reader {
  private static final Logger log = LoggerFactory.getLogger(AnswerReader.class);

  private final AnswerSource answer;
  private final EventWriter client;
  private long after;

  /// @param client writes the event after this number first
  AnswerReader(AnswerSource answer, EventWriter client, long after) {
    this.answer = answer;
    this.client = client;
    this.after = after;
    client.commit();
    client.onDisconnect(() -> answer.detach(this));
  }

  @Override
  public void run() {
    try {
      copy();
    } catch (ClientDisconnectedException e) {
      log.debug("the client has left, and can come back");
      answer.detach(this);
      return;
    } catch (AnswerLostException e) {
      log.debug("the client reads too slowly, and must continue without the dropped events");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    answer.detach(this);
    client.complete();
  }

  @Override
  public void replaced() {
    log.debug("the client reads on through another request");
  }

  private void copy() throws InterruptedException, AnswerLostException {
    boolean isEnd = false;
    // At first without waiting: the client gets the status of the response with the first bytes.
    Duration timeout = Duration.ZERO;
    while (!isEnd) {
      AnswerEvents next = answer.await(this, after, timeout);
      timeout = AnswerStream.KEEP_ALIVE_INTERVAL;
      if (next.isEmpty() && !next.isEnd()) {
        client.keepAlive();
      } else {
        write(next);
      }
      isEnd = next.isEnd();
    }
  }

  private void write(AnswerEvents next) {
    AnswerSource.Response response = answer.response();
    client.continueAt(next.first(), response.id(), response.model());
    for (UpstreamEvent event : next.events()) {
      client.write(event);
    }
    if (next.failure() != null) {
      client.fail(next.failure(), new RequestId(response.requestId()));
    }
    after = next.last();
    client.flush();
  }
}
