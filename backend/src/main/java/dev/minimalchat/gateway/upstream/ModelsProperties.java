package dev.minimalchat.gateway.upstream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The models that may be asked for. `application.yml` maps the environment variables.
///
/// @param list `id` or `id=Label`, comma-separated; the first is the default
/// @param modelId the only model, or the first of the list; empty if unset
@ConfigurationProperties("minimalchat.models")
record ModelsProperties(@DefaultValue("") String list, @DefaultValue("") String modelId) {
  private static final int MAX_MODELS = 100;
  private static final int MAX_LABEL_CHARS = 80;

  /// As [dev.minimalchat.gateway.upstream.responses] accepts them from a provider.
  private static final Pattern ID = Pattern.compile("[\\w.:/@+-]{1,200}");

  ModelsProperties {
    List<Model> models = parse(list);
    List<String> problems = new ArrayList<>();
    if (models.size() > MAX_MODELS) {
      problems.add("MODELS has more than " + MAX_MODELS + " models");
    }
    if (!models.stream().allMatch(model -> ID.matcher(model.id()).matches())) {
      problems.add("MODELS is not a list of models, such as gpt-4.1-mini=Fast, gpt-5=Thorough");
    }
    if (!models.stream().allMatch(ModelsProperties::hasValidLabel)) {
      problems.add("MODELS has a label that is empty or longer than " + MAX_LABEL_CHARS);
    }
    if (models.stream().map(Model::id).distinct().count() < models.size()) {
      problems.add("MODELS has the same model twice");
    }
    if (!modelId.isEmpty() && !models.isEmpty() && !models.getFirst().id().equals(modelId)) {
      problems.add("MODEL_ID is not the first of MODELS, which is the default");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
  }

  /// The models of the list; empty if it is unset.
  List<Model> models() {
    return parse(list);
  }

  private static List<Model> parse(String list) {
    return Arrays.stream(list.split(","))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .map(ModelsProperties::model)
        .toList();
  }

  private static Model model(String entry) {
    String[] parts = entry.split("=", 2);
    return new Model(parts[0].strip(), parts.length == 1 ? null : parts[1].strip());
  }

  private static boolean hasValidLabel(Model model) {
    String label = model.label();
    return label == null || (!label.isEmpty() && label.length() <= MAX_LABEL_CHARS);
  }
}
