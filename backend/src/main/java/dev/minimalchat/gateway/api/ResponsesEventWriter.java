package dev.minimalchat.gateway.api;

import dev.minimalchat.gateway.errors.ErrorBody;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.RequestId;
import dev.minimalchat.gateway.relay.EventStream;
import dev.minimalchat.gateway.relay.EventStream.JsonFields;
import dev.minimalchat.gateway.relay.EventStreamWriter;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import java.time.InstantSource;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Writes the events of a streamed response: those that OpenAI's API sends, in its order, because
/// each client reads others of them.
final class ResponsesEventWriter implements EventStreamWriter {
  private final EventStream events;
  private ResponseObject response;
  private final InstantSource clock;
  private final ResponseOutput output;
  private long sequenceNumber;
  private boolean ended;

  /// @param memory reserves bytes
  ResponsesEventWriter(
      EventStream events, ResponseObject response, InstantSource clock, LongConsumer memory) {
    this.events = events;
    this.response = response;
    this.clock = clock;
    this.output = new ResponseOutput(response.idSuffix(), memory, this::add);
  }

  @Override
  public boolean write(UpstreamEvent event) {
    if (event instanceof UpstreamEvent.Attempt(_, String fallbackModel)) {
      response = response.withModel(fallbackModel);
    }
    boolean isStart = event instanceof UpstreamEvent.Created;
    if (ended || (!isStart && !event.isContent())) {
      return false;
    }
    start();
    AnswerEnd end = output.add(event);
    if (end != null) {
      end("response." + end.status(), end);
    }
    return true;
  }

  /// Two events, because some clients know only the one, and some only the other.
  @Override
  public void fail(Failure failure, RequestId id) {
    if (ended) {
      return;
    }
    start();
    output.interrupt();
    add("error", out -> out.writePOJOField("error", ErrorBody.openAi(failure, id)));
    end("response.failed", AnswerEnd.of(failure));
  }

  @Override
  public EventStream events() {
    return events;
  }

  /// The first two events, once.
  private void start() {
    if (sequenceNumber == 0) {
      addResponse("response.created", null);
      addResponse("response.in_progress", null);
    }
  }

  private void end(String type, AnswerEnd end) {
    ended = true;
    addResponse(type, end);
  }

  private void addResponse(String type, @Nullable AnswerEnd end) {
    add(
        type,
        out -> {
          out.writeFieldName("response");
          response.write(output.items(), end, clock.instant().getEpochSecond(), out);
        });
  }

  private void add(String type, JsonFields fields) {
    events.add(
        "event: " + type + "\n",
        out -> {
          out.writeStringField("type", type);
          out.writeNumberField("sequence_number", sequenceNumber);
          fields.write(out);
        });
    sequenceNumber++;
  }
}
