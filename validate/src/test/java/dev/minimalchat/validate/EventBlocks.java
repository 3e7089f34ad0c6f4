package dev.minimalchat.validate;

import dev.minimalchat.validate.FakeDeployment.Fault;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// 300 events of a [FakeDeployment] in blocks, with a pause between them.
final class EventBlocks {
  private static final int EVENTS = 300;
  private static final int PAUSE_MS = 60;

  /// As the gateway writes it.
  private static final String DELTA = "id: 1\nevent: response.output_text.delta\ndata: {}\n\n";

  private EventBlocks() {}

  static void send(OutputStream out, Fault fault) throws IOException {
    switch (fault) {
      case BLOCKS -> send(out, 2011); // a full buffer of a proxy ends within an event
      case PROVIDER_BLOCKS -> send(out, 40 * DELTA.length());
      case HALF_AT_ONCE -> {
        send(out, 50 * DELTA.length());
        out.write(DELTA.repeat(EVENTS).getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
      default -> {}
    }
  }

  private static void send(OutputStream out, int size) throws IOException {
    byte[] text = DELTA.repeat(EVENTS).getBytes(StandardCharsets.UTF_8);
    for (int start = 0; start < text.length; start += size) {
      out.write(text, start, Math.min(size, text.length - start));
      out.flush();
      FakeDeployment.sleep(PAUSE_MS);
    }
  }
}
