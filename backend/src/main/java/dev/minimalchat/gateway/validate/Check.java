package dev.minimalchat.gateway.validate;

/// One claim about the pair, and how to look whether it holds.
///
/// @param name the claim
/// @param probe looks, and returns what it saw
record Check(String name, Probe probe) {

  Result run() {
    long start = System.nanoTime();
    try {
      return result(Outcome.PASSED, probe.look(), start);
    } catch (Skipped e) {
      return result(Outcome.SKIPPED, e.why, start);
    } catch (Wanting e) {
      return result(Outcome.FAILED, e.what, start);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return result(Outcome.FAILED, "interrupted", start);
    } catch (Exception e) {
      return result(Outcome.FAILED, e.toString(), start);
    }
  }

  private Result result(Outcome outcome, String detail, long start) {
    return new Result(name, outcome, detail, (System.nanoTime() - start) / 1_000_000);
  }

  interface Probe {
    String look() throws Exception;
  }

  enum Outcome {
    PASSED,
    FAILED,
    SKIPPED
  }

  record Result(String check, Outcome outcome, String detail, long milliseconds) {}

  /// What was seen is not what was claimed.
  static final class Wanting extends Exception {
    private final String what;

    Wanting(String what) {
      super(what);
      this.what = what;
    }
  }

  /// There is nothing to look at.
  static final class Skipped extends Exception {
    private final String why;

    Skipped(String why) {
      super(why);
      this.why = why;
    }
  }

  static void require(boolean claim, String otherwise) throws Wanting {
    if (!claim) {
      throw new Wanting(otherwise);
    }
  }
}
