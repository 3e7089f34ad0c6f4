package dev.minimalchat.gateway.usage;

/// `STATE_DIR` cannot be used. The message is one line for the operator.
public final class StateDirectoryException extends RuntimeException {
  StateDirectoryException(String message) {
    super(message);
  }
}
