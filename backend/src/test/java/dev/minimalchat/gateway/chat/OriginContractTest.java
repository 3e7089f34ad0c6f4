package dev.minimalchat.gateway.chat;

import static dev.minimalchat.gateway.chat.Answers.assertError;
import static dev.minimalchat.gateway.chat.Answers.header;
import static dev.minimalchat.gateway.chat.ChatRequests.aQuestion;
import static dev.minimalchat.gateway.chat.ChatRequests.padded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;

/// Which pages may read what the gateway answers.
@Contract
class OriginContractTest {
  @Autowired Caller caller;
  @Autowired @AutoClose Script script;

  @Test
  void letsAnAllowedOriginReadTheAnswer() {
    script.says(new Completed(null));

    assertReadable(caller.send(caller.chat(aQuestion()).header("Origin", Contract.ORIGIN)), 200);
  }

  @Test
  void letsAnAllowedOriginReadARefusalOfItsToken() {
    assertReadable(
        caller.send(caller.chatWithoutToken(aQuestion()).header("Origin", Contract.ORIGIN)), 401);
  }

  @Test
  void letsAnAllowedOriginReadAnErrorOfTheController() {
    assertReadable(caller.send(caller.chat("{}").header("Origin", Contract.ORIGIN)), 400);
  }

  @Test
  void letsAnAllowedOriginReadThatItsBodyIsTooLarge() {
    assertReadable(caller.send(caller.chat(padded(2049)).header("Origin", Contract.ORIGIN)), 413);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "http://chat.example.com",
        "https://chat.example.com:444",
        "https://chat.example.com.evil.example",
        "null"
      })
  void refusesAnotherOriginWithoutCorsHeaders(String origin) {
    assertUnreadable(caller.send(caller.chat(aQuestion()).header("Origin", origin)));
  }

  @Test
  void refusesAnotherOriginBeforeItLooksAtTheToken() {
    assertUnreadable(
        caller.send(caller.chatWithoutToken(aQuestion()).header("Origin", "https://evil.example")));
  }

  @Test
  void answersThePreflightOfAnAllowedOriginForTwoHours() {
    MockHttpServletResponse answer = caller.send(caller.preflight(Contract.ORIGIN));

    assertReadable(answer, 204);
    assertThat(answer.getHeader("Access-Control-Max-Age")).isEqualTo("7200");
    assertThat(header(answer, "Access-Control-Allow-Methods")).contains("POST");
    assertThat(header(answer, "Access-Control-Allow-Headers"))
        .contains("Authorization", "Content-Type", "X-Request-Id");
  }

  @Test
  void refusesThePreflightOfAnotherOrigin() {
    assertUnreadable(caller.send(caller.preflight("https://evil.example")));
  }

  @Test
  void variesByOriginWhereThereIsNone() {
    assertThat(caller.ask("{}").getHeaders("Vary")).contains("Origin");
  }

  private static void assertReadable(MockHttpServletResponse answer, int status) {
    assertThat(answer.getStatus()).isEqualTo(status);
    assertThat(answer.getHeaders("Access-Control-Allow-Origin")).containsExactly(Contract.ORIGIN);
    assertThat(header(answer, "Access-Control-Expose-Headers"))
        .contains("X-Request-Id", "Retry-After");
    assertThat(answer.getHeaders("Vary")).contains("Origin");
    assertThat(answer.getHeader("X-Request-Id")).isNotBlank();
    assertThat(answer.containsHeader("Access-Control-Allow-Credentials")).isFalse();
  }

  private static void assertUnreadable(MockHttpServletResponse answer) {
    assertError(
        answer,
        403,
        "origin_not_allowed",
        "This environment is not authorised to use the chat service.",
        false);
    assertThat(answer.getHeaderNames()).noneMatch(name -> name.startsWith("Access-Control-"));
    assertThat(answer.getHeaders("Vary")).contains("Origin");
  }
}
