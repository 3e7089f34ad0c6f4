package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minimalchat.gateway.StartupCheck.InvalidSettingsException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ListAssert;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

/// The startup check with some environment variables.
final class TestStartup {
  static final String SECRET = "sk-in-the-wrong-place";
  static final Map<String, String> REQUIRED =
      Map.of("OPENAI_API_KEY", "key", "GATEWAY_TOKEN", "token");

  private static final List<String> RECORDS = records();

  private TestStartup() {}

  /// One line begins with this prefix, and no value is printed.
  static void assertRejected(Map<String, String> variables, String prefix) {
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> check(with(variables)))
        .satisfies(e ->
            assertThatLines(e)
                .singleElement()
                .asString()
                .startsWith(prefix)
                .doesNotContain(SECRET, "Exception"));
  }

  static ListAssert<String> assertThatLines(Throwable e) {
    return assertThat(String.valueOf(e.getMessage()).lines().toList());
  }

  static Map<String, String> with(Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(REQUIRED);
    all.putAll(variables);
    return all;
  }

  /// Runs the check with exactly these environment variables.
  static void check(Map<String, String> variables) {
    try (var validator = new LocalValidatorFactoryBean()) {
      validator.afterPropertiesSet();
      StartupCheck.check(EnvironmentVariablesTest.environment(variables), validator, RECORDS);
    }
  }

  /// The names that Spring gives to the beans of all properties records.
  private static List<String> records() {
    var scanner = new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
    return scanner.findCandidateComponents(StartupCheck.class.getPackageName()).stream()
        .map(found -> ClassUtils.resolveClassName(found.getBeanClassName(), null))
        .map(type ->
            type.getAnnotation(ConfigurationProperties.class).value() + "-" + type.getName())
        .toList();
  }
}
