package dev.minimalchat.gateway.errors;

/// A failure whose usage line is already in the log: [ErrorHandler] renders it without logging it
/// again.
public final class ReportedFailure extends RuntimeException {
  public ReportedFailure(Failure failure) {
    super(failure);
  }

  Failure failure() {
    return (Failure) getCause();
  }
}
