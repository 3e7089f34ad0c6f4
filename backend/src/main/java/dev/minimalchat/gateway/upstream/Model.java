package dev.minimalchat.gateway.upstream;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A model that may be asked for.
///
/// @param id as the provider knows it
/// @param label the name for people, if the operator has set one
public record Model(String id, @Nullable String label) {
  /// Visible ASCII without quotes. Providers have ids such as `vendor/model:free` and
  /// `models/a#deployments/b`.
  private static final Pattern ID = Pattern.compile("[!-~&&[^\"'`]]+");

  /// What is wrong with the id that a variable sets; an empty one is none.
  ///
  /// @param variable that sets it
  static List<String> problems(String variable, @Nullable String id) {
    return id == null || id.isEmpty() || ID.matcher(id).matches()
        ? List.of()
        : List.of(variable + " holds a space or another character that no model's id can have");
  }
}
