package dev.minimalchat.validate;

import java.io.IOException;

/// A named check of the deployment.
///
/// @param name what the check asserts
/// @param probe performs the check and returns what it found
record Check(String name, Probe probe) {

  Result run() {
    long start = System.nanoTime();
    try {
      return result(Outcome.PASSED, probe.run(), start);
    } catch (Skipped e) {
      return result(Outcome.SKIPPED, e.reason, start);
    } catch (CheckFailed e) {
      return result(Outcome.FAILED, e.finding, start);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return result(Outcome.FAILED, "interrupted", start);
    } catch (IOException e) {
      return result(Outcome.FAILED, e.toString(), start);
    } catch (Exception e) {
      // Without its message, which can quote a header with a secret.
      return result(Outcome.FAILED, e.getClass().getSimpleName(), start);
    }
  }

  private Result result(Outcome outcome, String detail, long start) {
    return new Result(name, outcome, detail, (System.nanoTime() - start) / 1_000_000);
  }

  interface Probe {
    String run() throws Exception;
  }

  enum Outcome {
    PASSED,
    FAILED,
    SKIPPED
  }

  record Result(String check, Outcome outcome, String detail, long milliseconds) {}

  /// The check did not find what it requires.
  static final class CheckFailed extends Exception {
    private final String finding;

    CheckFailed(String finding) {
      super(finding);
      this.finding = finding;
    }
  }

  /// The check does not apply to this deployment or these options.
  static final class Skipped extends Exception {
    private final String reason;

    Skipped(String reason) {
      super(reason);
      this.reason = reason;
    }
  }

  static void require(boolean condition, String finding) throws CheckFailed {
    if (!condition) {
      throw new CheckFailed(finding);
    }
  }
}
