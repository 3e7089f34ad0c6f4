package dev.minimalchat.gateway;

import dev.minimalchat.gateway.access.NamedSecret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.env.Environment;

/// Compares the secrets of different variables: what one of them publishes or opens, another must
/// not protect. The properties records check each of them alone.
final class SecretsCheck {
  /// The variables that hold one secret, and their properties.
  private static final Map<String, String> SECRETS =
      new TreeMap<>(
          Map.of(
              "GATEWAY_TOKEN", "minimalchat.access.token",
              "GATEWAY_TOKEN_PREVIOUS", "minimalchat.access.token-previous",
              "OPENAI_API_KEY", "minimalchat.upstream.api-key",
              "FALLBACK_API_KEY", "minimalchat.fallback.api-key"));

  /// As long as a random token of 120 bits in base64.
  private static final int MIN_TOKEN_CHARS = 20;

  private final Environment environment;
  private final List<String> problems = new ArrayList<>();

  SecretsCheck(Environment environment) {
    this.environment = environment;
  }

  /// One line each, which names the variable.
  List<String> problems() {
    validateSecrets();
    validateApiTokens();
    validateAccessCodes();
    return problems;
  }

  private void validateSecrets() {
    validateSecret("OPENAI_API_KEY", "minimalchat.upstream.api-key");
    validateSecret("FALLBACK_API_KEY", "minimalchat.fallback.api-key");
  }

  private void validateSecret(String variable, String property) {
    String key = environment.getProperty(property, "");
    if (!key.isEmpty() && key.equals(environment.getProperty("minimalchat.access.token"))) {
      problems.add("GATEWAY_TOKEN is the same as " + variable + ", but every visitor receives it");
    }
  }

  /// An API token is secret, the page's token is not.
  private void validateApiTokens() {
    boolean isDemo = environment.getProperty("minimalchat.upstream.api-key", "").equals("demo");
    List<NamedSecret> tokens = secrets("minimalchat.api.tokens");
    if (!isDemo && tokens.stream().anyMatch(token -> token.isShorterThan(MIN_TOKEN_CHARS))) {
      problems.add("API_TOKENS has a token of fewer than " + MIN_TOKEN_CHARS + " characters");
    }
    rejectOtherSecrets("API_TOKENS has the same token as ", tokens);
  }

  /// An access code would be public as the page's token, and open other routes as a program's.
  private void validateAccessCodes() {
    List<NamedSecret> codes = secrets("minimalchat.access-code.codes");
    rejectOtherSecrets("ACCESS_CODE has the same code as ", codes);
    List<String> tokens =
        secrets("minimalchat.api.tokens").stream().map(NamedSecret::secret).toList();
    if (codes.stream().anyMatch(code -> tokens.contains(code.secret()))) {
      problems.add("ACCESS_CODE has the same code as API_TOKENS");
    }
  }

  private List<NamedSecret> secrets(String property) {
    return NamedSecret.parseAll(environment.getProperty(property, ""));
  }

  private void rejectOtherSecrets(String problem, List<NamedSecret> secrets) {
    SECRETS.forEach((variable, property) -> {
      String other = environment.getProperty(property, "");
      if (secrets.stream().anyMatch(each -> each.secret().equals(other))) {
        problems.add(problem + variable);
      }
    });
  }
}
