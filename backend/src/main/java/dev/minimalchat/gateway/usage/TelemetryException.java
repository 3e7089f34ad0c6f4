package dev.minimalchat.gateway.usage;

/// An `OTEL_*` variable cannot be used. The message is one line for the operator, without the
/// value: the headers among these variables are secrets.
public final class TelemetryException extends RuntimeException {
  TelemetryException(String message) {
    super(message);
  }
}
