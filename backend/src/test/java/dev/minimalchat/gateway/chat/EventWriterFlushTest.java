package dev.minimalchat.gateway.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.minimalchat.gateway.relay.ClientDisconnectedException;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import org.junit.jupiter.api.Test;

/// When events are sent; [EventWriterTest] has what they look like.
class EventWriterFlushTest {

  private static final JsonMapper JSON = new JsonMapper();

  private final RecordingEmitter emitter = new RecordingEmitter();
  private final EventWriter writer = new EventWriter(emitter, JSON, "resp_r-1", "model");

  @Test
  void sendsNothingBeforeTheCommit() {
    writer.write(new TextDelta("Hi"));
    writer.flush();

    assertThat(emitter.remainingChunks()).isEmpty();
  }

  @Test
  void sendsTheBufferAfterTheCommit() throws Exception {
    writer.write(new TextDelta("Hi"));
    writer.flush();
    writer.commit();
    writer.flush();

    assertThat(EventWriterTest.events(emitter.nextChunk())).hasSize(2);
  }

  @Test
  void sendsTheBufferInOneChunk() {
    writer.commit();
    writer.write(new TextDelta("a"));
    writer.write(new TextDelta("b"));
    writer.write(new Completed(null));
    writer.flush();

    assertThat(emitter.remainingChunks()).singleElement().asString().contains("id: 0", "id: 3");
  }

  @Test
  void sendsAnEventOnlyOnce() {
    writer.commit();
    writer.write(new TextDelta("a"));
    writer.flush();
    writer.flush();

    assertThat(emitter.remainingChunks()).hasSize(1);
  }

  @Test
  void sendsACommentAsKeepAliveWhenTheBufferIsEmpty() {
    writer.commit();
    writer.keepAlive();

    assertThat(emitter.remainingChunks()).containsExactly(": keep-alive\n\n");
  }

  @Test
  void sendsTheBufferAsKeepAlive() {
    writer.commit();
    writer.write(new TextDelta("a"));
    writer.keepAlive();

    assertThat(emitter.remainingChunks())
        .singleElement()
        .asString()
        .contains("\"a\"")
        .doesNotContain(": keep");
  }

  @Test
  void sendsNoKeepAliveBeforeTheCommit() {
    writer.keepAlive();

    assertThat(emitter.remainingChunks()).isEmpty();
  }

  @Test
  void throwsClientDisconnectedWhenASendFails() {
    writer.commit();
    writer.write(new TextDelta("a"));
    emitter.disconnectsUnnoticed();

    assertThatExceptionOfType(ClientDisconnectedException.class).isThrownBy(writer::flush);
  }
}
