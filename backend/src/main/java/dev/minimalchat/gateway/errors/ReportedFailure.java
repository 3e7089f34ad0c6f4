package dev.minimalchat.gateway.errors;

/// A failure whose usage line is already in the log: [ErrorHandler] renders it without logging it
/// again.
public final class ReportedFailure extends RuntimeException {
  private final Failure failure;

  public ReportedFailure(Failure failure) {
    super(failure);
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }
}
