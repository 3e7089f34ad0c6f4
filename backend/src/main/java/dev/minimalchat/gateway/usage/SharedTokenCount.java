package dev.minimalchat.gateway.usage;

import java.time.LocalDate;
import java.util.OptionalLong;

/// Counts the tokens of all instances of the gateway.
@FunctionalInterface
public interface SharedTokenCount {
  /// Of an instance that shares nothing.
  SharedTokenCount NONE = (_, _) -> OptionalLong.empty();

  /// Reports all tokens that this process has used on a day so far. Reporting the same number again
  /// changes nothing. Never throws.
  ///
  /// @return the tokens of all other processes on that day, ended ones included; empty if the
  ///   report may be lost
  OptionalLong report(LocalDate day, long tokens);
}
