package dev.minimalchat.gateway;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/// Gives environment variables to the placeholders of `application.yml` by their exact names, and
/// to nothing else: that file is the list of the variables that are read. Spring's own source would
/// let every variable with a matching name (`SERVER_PORT`, `MINIMALCHAT_ACCESS_TOKEN`, `DEBUG`)
/// change a property. Registered in `META-INF/spring.factories`.
final class EnvironmentVariables implements EnvironmentPostProcessor, Ordered {
  private static final String OTEL = "OTEL_";

  /// Texts that cannot be left out. A blank one is an attempt to, and is rejected; elsewhere it
  /// counts as unset.
  private static final Set<String> TEXTS = Set.of("DISCLOSURE");

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, @Nullable SpringApplication application) {
    apply(environment);
  }

  static void apply(ConfigurableEnvironment environment) {
    MutablePropertySources sources = environment.getPropertySources();
    if (sources.get(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)
        instanceof SystemEnvironmentPropertySource system) {
      Map<String, String> variables =
          system.getSource().entrySet().stream()
              .filter(variable -> isSet(variable.getKey(), variable.getValue().toString()))
              .collect(Collectors.toMap(Map.Entry::getKey, it -> literal(it.getValue())));
      sources.replace(system.getName(), new Variables(variables));
      sources.addAfter(Variables.NAME, new MapPropertySource("otel", openTelemetry(variables)));
    }
  }

  private static boolean isSet(String name, String value) {
    return TEXTS.contains(name) ? !value.isEmpty() : !value.isBlank();
  }

  /// Before Boot's own processors, which read variables too.
  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }

  /// A value in which Spring finds no placeholder: an empty one separates `$` from `{`. Its escape
  /// character would stay in the value where no `}` follows.
  private static String literal(Object value) {
    return value.toString().replace("${", "$${:}{");
  }

  /// The standard `OTEL_*` variables by the names of OpenTelemetry's properties.
  private static Map<String, Object> openTelemetry(Map<String, String> variables) {
    return variables.entrySet().stream()
        .filter(variable -> variable.getKey().startsWith(OTEL))
        .collect(
            Collectors.toMap(
                variable -> variable.getKey().toLowerCase(Locale.ROOT).replace('_', '.'),
                Map.Entry::getValue));
  }

  /// It cannot be enumerated, so that only a placeholder finds a variable. An empty variable counts
  /// as unset.
  private static final class Variables extends PropertySource<Map<String, String>> {
    private static final String NAME = "environment variables";

    /// No name of a Spring property has this form.
    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]*|[a-z]+_proxy");

    private Variables(Map<String, String> variables) {
      super(NAME, variables);
    }

    @Override
    public @Nullable Object getProperty(String name) {
      return VARIABLE.matcher(name).matches() ? source.get(name) : null;
    }
  }
}
