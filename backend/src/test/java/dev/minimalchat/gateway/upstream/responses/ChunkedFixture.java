package dev.minimalchat.gateway.upstream.responses;

import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Locale;

/// How a body comes over the wire.
enum ChunkedFixture {
  IN_CHUNKS_OF_1(1, Integer.MAX_VALUE),
  IN_CHUNKS_OF_3(3, Integer.MAX_VALUE),
  IN_CHUNKS_OF_7(7, Integer.MAX_VALUE),
  IN_CHUNKS_OF_1000(1000, Integer.MAX_VALUE),
  IN_CHUNKS_CUT_AT_EVERY_BYTE(7, 1),
  IN_CHUNKS_CUT_AT_EVERY_FIFTH(13, 5),
  UNTIL_THE_CLOSE_BY_1(0, 1),
  UNTIL_THE_CLOSE_BY_3(0, 3),
  UNTIL_THE_CLOSE_BY_7(0, 7),
  UNTIL_THE_CLOSE_BY_1000(0, 1000);

  private static final int MANY_PIECES = 70_000;

  private final int chunkSize;
  private final int pieceSize;

  ChunkedFixture(int chunkSize, int pieceSize) {
    this.chunkSize = chunkSize;
    this.pieceSize = pieceSize;
  }

  /// The longest recordings do not come in the smallest pieces: that proves nothing more.
  boolean isQuickWith(StreamFixture recording) {
    int smallest = chunkSize == 0 ? pieceSize : Math.min(pieceSize, chunkSize);
    return recording.bytes().length / smallest < MANY_PIECES;
  }

  void send(Call call, byte[] body) {
    if (chunkSize == 0) {
      call.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
      call.send(body, pieceSize);
      call.hangUp();
      return;
    }
    call.openStream();
    ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    for (int start = 0; start < body.length; start += chunkSize) {
      int end = Math.min(body.length, start + chunkSize);
      chunks.writeBytes(Call.chunkOf(Arrays.copyOfRange(body, start, end)));
    }
    call.send(chunks.toByteArray(), pieceSize);
    call.endStream();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
