package dev.minimalchat.gateway;

import static dev.minimalchat.gateway.TestStartup.SECRET;
import static dev.minimalchat.gateway.TestStartup.assertRejected;
import static dev.minimalchat.gateway.TestStartup.check;
import static dev.minimalchat.gateway.TestStartup.with;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The startup errors for keys, tokens, access codes and users of a proxy.
class StartupSecretsTest {

  @ParameterizedTest
  @ValueSource(strings = {"key\n", " key", "a key", "kéy", "key\u0000", "\u201ckey\u201d"})
  void reportsASecretThatNoHeaderCanCarryWithoutItsValue(String secret) {
    assertRejected(Map.of("OPENAI_API_KEY", secret), "OPENAI_API_KEY holds a space or another");
    assertRejected(Map.of("GATEWAY_TOKEN", secret), "GATEWAY_TOKEN holds a space or another");
  }

  @ParameterizedTest
  @CsvSource({
    "OPENAI_API_KEY",
    "FALLBACK_API_KEY",
    "GATEWAY_TOKEN",
    "GATEWAY_TOKEN_PREVIOUS",
    "API_TOKENS",
    "ACCESS_CODE",
    "REDIS_URL",
    "OPENAI_API_BASE",
    "FALLBACK_API_BASE",
    "HTTPS_PROXY",
    "MODEL_ID",
    "FALLBACK_MODEL_ID",
    "REASONING_EFFORT",
    "ALLOWED_ORIGINS",
    "ALLOWED_ORIGIN_REGEX",
    "IDLE_TIMEOUT",
    "MAX_STREAMS"
  })
  void reportsAValueInQuotes(String variable) {
    Map<String, String> others =
        Map.of(
            "FALLBACK_MODEL_ID", "model",
            "GATEWAY_TOKEN_PREVIOUS_UNTIL", "2030-01-31T12:00:00Z");
    for (String quote : List.of("\"", "'")) {
      Map<String, String> variables = new HashMap<>(others);
      variables.put(variable, quote + SECRET + "-long-enough" + quote);
      assertRejected(variables, variable + " is in quotes, which are part of the value");
    }
  }

  @Test
  void reportsAPublishedKey() {
    assertRejected(Map.of("OPENAI_API_KEY", SECRET, "GATEWAY_TOKEN", SECRET), "GATEWAY_TOKEN is");
    assertRejected(
        Map.of("FALLBACK_MODEL_ID", "model", "FALLBACK_API_KEY", SECRET, "GATEWAY_TOKEN", SECRET),
        "GATEWAY_TOKEN is the same as FALLBACK_API_KEY");
  }

  @Test
  void reportsAPreviousTokenThatIsTheCurrentOne() {
    assertRejected(
        Map.of(
            "GATEWAY_TOKEN_PREVIOUS", "token",
            "GATEWAY_TOKEN_PREVIOUS_UNTIL", "2030-01-31T12:00:00Z"),
        "GATEWAY_TOKEN_PREVIOUS is the same as GATEWAY_TOKEN");
  }

  @ParameterizedTest
  @CsvSource({"GATEWAY_TOKEN", "GATEWAY_TOKEN_PREVIOUS", "OPENAI_API_KEY", "FALLBACK_API_KEY"})
  void reportsAnApiTokenThatIsAlsoAnother(String variable) {
    String token = SECRET + "-twice";
    assertRejected(
        Map.of(
            variable,
            token,
            "GATEWAY_TOKEN_PREVIOUS_UNTIL",
            "2030-01-31T12:00:00Z",
            "FALLBACK_MODEL_ID",
            "model",
            "API_TOKENS",
            "laptop:" + token),
        "API_TOKENS has the same token as " + variable);
  }

  @Test
  void reportsAnApiTokenThatCouldBeGuessed() {
    assertRejected(
        Map.of("API_TOKENS", "laptop:nineteen-characters"),
        "API_TOKENS has a token of fewer than 20 characters");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "short-1                           | has a code of fewer than 8 characters",
        "team:short-1,guests:long-enough   | has a code of fewer than 8 characters",
        "Team:long-enough                  | has a name that is not 1 to 32 of a-z, 0-9 and -",
        "a:long-enough,a:longer-enough     | has two codes of the same name",
        "a:long-enough,b:long-enough       | has the same code twice",
        "two words of a code               | holds an empty code, a space or a character",
        "the-page-token                    | has the same code as GATEWAY_TOKEN",
        "a:the-token-of-a-program          | has the same code as API_TOKENS"
      })
  void rejectsAccessCodesThatProtectNothing(String codes, String problem) {
    assertRejected(
        Map.of(
            "ACCESS_CODE", codes,
            "GATEWAY_TOKEN", "the-page-token",
            "API_TOKENS", "the-token-of-a-program"),
        "ACCESS_CODE " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Forwarded-Email | ''             | needs TRUSTED_PROXIES: the addresses of the proxy",
        "X-Forwarded-Email | 0.0.0.0/0      | needs TRUSTED_PROXIES that are not the whole internet",
        "X-Forwarded-Email | '10.0.0.1,::/0'| needs TRUSTED_PROXIES that are not the whole internet",
        "Authorization     | 10.0.0.1       | is not the name of a header for users",
        "x-forwarded-for   | 10.0.0.1       | is not the name of a header for users",
        "X Forwarded Email | 10.0.0.1       | is not the name of a header for users"
      })
  void rejectsAHeaderForUsersThatAnyVisitorCouldSend(
      String header, String proxies, String problem) {
    assertRejected(
        Map.of("TRUSTED_USER_HEADER", header, "TRUSTED_PROXIES", proxies),
        "TRUSTED_USER_HEADER " + problem);
  }

  @Test
  void theDemoAcceptsAShortApiToken() {
    assertThatCode(() -> check(with(Map.of("OPENAI_API_KEY", "demo", "API_TOKENS", "short"))))
        .doesNotThrowAnyException();
  }
}
