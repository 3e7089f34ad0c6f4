package dev.minimalchat.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.minimalchat.gateway.limits.ApiClient;
import dev.minimalchat.gateway.upstream.Provider;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTokensTest {
  private static final String ENTRIES = "laptop:secret-one, secret-two,ci-2:with:colons";

  @ParameterizedTest
  @CsvSource({"secret-one, laptop", "secret-two, default", "with:colons, ci-2"})
  void knowsTheNameOfEachToken(String token, String name) {
    assertThat(TestAccess.apiTokens(ENTRIES).match(token)).isEqualTo(new ApiClient(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "laptop", "laptop:secret-one", "secret-on", "secret-one2", "Secret-one"})
  void matchesNoOtherToken(String token) {
    assertThat(TestAccess.apiTokens(ENTRIES).match(token)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ",", " , "})
  void anEmptyListHasNoToken(String entries) {
    ApiTokens tokens = TestAccess.apiTokens(entries);

    assertThat(tokens.exist()).isFalse();
    assertThat(tokens.match("")).isNull();
    assertThat(tokens.match("dev-token")).isNull();
  }

  @Test
  void theDemoHasATokenUnlessOthersAreSet() {
    assertThat(demo("").match("dev-token")).isEqualTo(new ApiClient("default"));
    assertThat(demo("laptop:other").match("dev-token")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Laptop:canary      | API_TOKENS has a name that is not",
        "a_b:canary         | API_TOKENS has a name that is not",
        ":canary            | API_TOKENS has a name that is not",
        "laptop:            | API_TOKENS holds an empty token",
        "a canary           | API_TOKENS holds an empty token",
        "canaryé            | API_TOKENS holds an empty token",
        "a:canary,a:other   | API_TOKENS has two tokens of the same name",
        "canary,other       | API_TOKENS has two tokens of the same name",
        "a:canary,b:canary  | API_TOKENS has the same token twice"
      })
  void rejectsAMalformedListWithoutQuotingIt(String entries, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ApiTokenProperties(entries))
        .withMessageContaining(problem)
        .withMessageNotContaining("canary");
  }

  @Test
  void redactsTokensInToString() {
    assertThat(new ApiTokenProperties("laptop:canary").toString())
        .contains("laptop")
        .doesNotContain("canary");
  }

  private static ApiTokens demo(String entries) {
    Provider provider = new Provider("demo", URI.create("http://localhost/v1"), "key", "demo");
    return new ApiTokens(new ApiTokenProperties(entries), provider);
  }
}
