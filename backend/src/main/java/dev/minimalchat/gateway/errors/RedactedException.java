package dev.minimalchat.gateway.errors;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Stands for another exception in the log: with its class names and stack frames, without its
/// messages, because those quote what the provider or the caller has sent.
public final class RedactedException extends Exception {
  private static final int MAX_CAUSES = 8;

  private RedactedException(Throwable original, @Nullable Throwable cause) {
    super(original.getClass().getName(), cause, false, true);
    setStackTrace(original.getStackTrace());
  }

  public static RedactedException of(Throwable original) {
    return of(original, MAX_CAUSES);
  }

  /// The class names of an exception and its causes, such as `ClientProtocolException from
  /// ProtocolException`.
  public static String names(Throwable original) {
    return causes(original)
        .map(cause -> cause.getClass().getSimpleName())
        .collect(Collectors.joining(" from "));
  }

  private static RedactedException of(Throwable original, int maxCauses) {
    Throwable cause = original.getCause();
    return new RedactedException(
        original, cause == null || maxCauses == 0 ? null : of(cause, maxCauses - 1));
  }

  private static Stream<Throwable> causes(Throwable original) {
    return Stream.iterate(original, cause -> cause != null, Throwable::getCause).limit(MAX_CAUSES);
  }
}
