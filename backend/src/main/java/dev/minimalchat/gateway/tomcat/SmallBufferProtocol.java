package dev.minimalchat.gateway.tomcat;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;

/// HTTP/1.1 with buffers that fit one event, and a processor that tells whether the client has
/// disconnected. A stream keeps its connection's buffers as long as it lasts, and Tomcat's defaults
/// would be most of its memory (`docs/decisions/0006`).
public final class SmallBufferProtocol extends Http11NioProtocol {
  private static final int READ_BUFFER_BYTES = 2048;
  private static final int WRITE_BUFFER_BYTES = 2048;
  private static final int RESPONSE_BUFFER_BYTES = 512;
  private static final int MAX_TRAILER_BYTES = 512;

  /// An index of the connector's own attributes of a request, which Tomcat does not use.
  private static final int DISCONNECT_NOTE = 31;

  /// Tomcat instantiates the protocol by its class name.
  public SmallBufferProtocol() {
    var buffers = getEndpoint().getSocketProperties();
    buffers.setAppReadBufSize(READ_BUFFER_BYTES);
    buffers.setAppWriteBufSize(WRITE_BUFFER_BYTES);
    setMaxTrailerSize(MAX_TRAILER_BYTES);
    // `100 Continue` asks for the body, so it is sent when the body is read, after all checks.
    setContinueResponseTiming("onRead");
  }

  @Override
  public int getDesiredBufferSize() {
    return RESPONSE_BUFFER_BYTES;
  }

  @Override
  protected Processor createProcessor() {
    return new DisconnectDetectingProcessor(this);
  }

  /// Whether the client of this request has closed its connection.
  static BooleanSupplier isDisconnected(Request request) {
    return (BooleanSupplier) request.getNote(DISCONNECT_NOTE);
  }

  private static final class DisconnectDetectingProcessor extends Http11Processor {
    private DisconnectDetectingProcessor(SmallBufferProtocol protocol) {
      super(protocol, protocol.getAdapter());
      BooleanSupplier isDisconnected = this::isDisconnected;
      request.setNote(DISCONNECT_NOTE, isDisconnected);
    }

    /// Reads into the socket's own buffer, from where the next request takes its bytes if the
    /// client has pipelined one. As long as they are there, a disconnect cannot be detected.
    private boolean isDisconnected() {
      try {
        getSocketWrapper().isReadyForRead();
        return false;
      } catch (IOException e) {
        return true;
      }
    }
  }
}
