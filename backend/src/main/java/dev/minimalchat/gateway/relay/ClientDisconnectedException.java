package dev.minimalchat.gateway.relay;

import java.io.IOException;

/// The client can no longer be written to.
public final class ClientDisconnectedException extends RuntimeException {
  ClientDisconnectedException(Exception cause) {
    super(cause);
  }

  /// Whether an I/O error was the cause, which Tomcat has noticed too.
  boolean isIoError() {
    return getCause() instanceof IOException;
  }
}
