package dev.minimalchat.gateway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.minimalchat.gateway.upstream.Capability;
import dev.minimalchat.gateway.upstream.Model;
import dev.minimalchat.gateway.upstream.Models;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// `GET /v1/models` and `GET /v1/models/{id}`: what `MODELS` offers, and what works with it.
@RestController
class ModelsController {
  private final Models models;
  private final List<String> capabilities;

  /// Seconds since the epoch; a model's own date is not known.
  private final long created;

  ModelsController(Models models, ObjectProvider<Capability> capabilities, BuildProperties build) {
    this.models = models;
    this.capabilities =
        capabilities.stream().filter(Capability::enabled).map(Capability::name).sorted().toList();
    this.created = build.getTime() == null ? 0 : build.getTime().getEpochSecond();
  }

  @GetMapping({"/v1/models", "/v1/models/"})
  ResponseEntity<ModelList> list() {
    return ok(new ModelList("list", models.all().stream().map(this::object).toList()));
  }

  /// @param path the id with a leading slash; an id can have slashes itself
  @GetMapping("/v1/models/{*path}")
  ResponseEntity<ModelObject> get(@PathVariable String path) {
    return ok(object(models.get(path.substring(1))));
  }

  private ModelObject object(Model model) {
    return new ModelObject(
        model.id(), "model", created, "minimal-chatbot", model.label(), capabilities);
  }

  private static <T> ResponseEntity<T> ok(T body) {
    return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
  }

  record ModelList(String object, List<ModelObject> data) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ModelObject(
      String id,
      String object,
      long created,
      @JsonProperty("owned_by") String ownedBy,
      @Nullable String label,
      List<String> capabilities) {}
}
