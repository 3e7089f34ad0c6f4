package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minimalchat.gateway.StartupCheck.InvalidSettingsException;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.ListAssert;

/// The startup check with some environment variables.
final class TestStartup {
  static final String SECRET = "sk-in-the-wrong-place";
  static final Map<String, String> REQUIRED =
      Map.of("OPENAI_API_KEY", "key", "GATEWAY_TOKEN", "token");

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
    StartupCheck.check(EnvironmentVariablesTest.environment(variables));
  }
}
