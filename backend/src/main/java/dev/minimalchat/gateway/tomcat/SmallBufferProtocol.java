package dev.minimalchat.gateway.tomcat;

import org.apache.coyote.http11.Http11NioProtocol;

/// HTTP/1.1 with buffers that fit one event. A stream keeps its connection's buffers as long as it
/// lasts, and Tomcat's defaults would be most of its memory (`docs/decisions/0006`).
public final class SmallBufferProtocol extends Http11NioProtocol {
  private static final int READ_BUFFER_BYTES = 2048;
  private static final int WRITE_BUFFER_BYTES = 2048;
  private static final int RESPONSE_BUFFER_BYTES = 512;
  private static final int MAX_TRAILER_BYTES = 512;

  /// Tomcat instantiates the protocol by its class name.
  public SmallBufferProtocol() {
    var buffers = getEndpoint().getSocketProperties();
    buffers.setAppReadBufSize(READ_BUFFER_BYTES);
    buffers.setAppWriteBufSize(WRITE_BUFFER_BYTES);
    setMaxTrailerSize(MAX_TRAILER_BYTES);
  }

  @Override
  public int getDesiredBufferSize() {
    return RESPONSE_BUFFER_BYTES;
  }
}
