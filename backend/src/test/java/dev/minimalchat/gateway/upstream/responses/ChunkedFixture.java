package dev.minimalchat.gateway.upstream.responses;

import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Locale;

/// The transfer encoding and the packet sizes in which a body is sent.
enum ChunkedFixture {
  CHUNKS_OF_1(1, Integer.MAX_VALUE),
  CHUNKS_OF_3(3, Integer.MAX_VALUE),
  CHUNKS_OF_7(7, Integer.MAX_VALUE),
  CHUNKS_OF_1000(1000, Integer.MAX_VALUE),
  CHUNKED_SPLIT_AT_EVERY_BYTE(7, 1),
  CHUNKED_SPLIT_AT_EVERY_FIFTH_BYTE(13, 5),
  CLOSE_DELIMITED_IN_PIECES_OF_1(0, 1),
  CLOSE_DELIMITED_IN_PIECES_OF_3(0, 3),
  CLOSE_DELIMITED_IN_PIECES_OF_7(0, 7),
  CLOSE_DELIMITED_IN_PIECES_OF_1000(0, 1000);

  private static final int MAX_PIECES = 70_000;

  private final int chunkSize;
  private final int pieceSize;

  ChunkedFixture(int chunkSize, int pieceSize) {
    this.chunkSize = chunkSize;
    this.pieceSize = pieceSize;
  }

  /// Excludes the longest fixtures in the smallest pieces, which are slow and cover nothing more.
  boolean isFastFor(StreamFixture fixture) {
    int smallest = chunkSize == 0 ? pieceSize : Math.min(pieceSize, chunkSize);
    return fixture.bytes().length / smallest < MAX_PIECES;
  }

  void send(Call call, byte[] body) {
    if (chunkSize == 0) {
      call.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
      call.send(body, pieceSize);
      call.disconnect();
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
