package dev.minimalchat.gateway.upstream;

import dev.minimalchat.gateway.errors.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The models that may be asked for. A client never gets another one, whatever the provider has.
///
/// @param all at least one; the first is the default
public record Models(List<Model> all) {
  public Models {
    all = List.copyOf(all);
  }

  /// The model for requests that name none.
  public Model byDefault() {
    return all.getFirst();
  }

  /// The model of this id.
  ///
  /// @param id null or empty for the default
  /// @throws Failure MODEL_NOT_FOUND if it may not be asked for
  public Model get(@Nullable String id) {
    if (id == null || id.isEmpty()) {
      return byDefault();
    }
    return all.stream()
        .filter(model -> model.id().equals(id))
        .findFirst()
        .orElseThrow(Failure::modelNotFound);
  }
}
