package dev.minimalchat.gateway.chat;

import static dev.minimalchat.gateway.chat.Answers.assertError;
import static dev.minimalchat.gateway.chat.Answers.header;
import static dev.minimalchat.gateway.chat.ChatRequests.aQuestion;
import static dev.minimalchat.gateway.chat.ChatRequests.messages;
import static dev.minimalchat.gateway.chat.ChatRequests.padded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;

/// How much a caller may send and ask for.
@Contract
class LimitContractTest {
  private static final String MESSAGE = "{\"role\":\"user\",\"content\":\"a\"}";
  private static final String TOO_LONG = "This conversation is too long. Please start a new one.";
  private static final String BUSY = "The chat service is busy. Please try again in a moment.";
  private static final String TOO_MANY = "Too many requests. Please wait a moment and try again.";

  @Autowired ApiClient caller;
  @Autowired @AutoClose Script script;

  @Test
  void refusesMoreMessagesThanAllowed() {
    assertError(
        caller.exchange(messages(MESSAGE, MESSAGE, MESSAGE, MESSAGE)),
        413,
        "payload_too_large",
        TOO_LONG,
        false);
  }

  @Test
  void takesAsManyMessagesAsAllowed() {
    script.says(new Completed(null));

    assertThat(caller.exchange(messages(MESSAGE, MESSAGE, MESSAGE)).getStatus()).isEqualTo(200);
  }

  @Test
  void refusesABodyThatDeclaresTooManyBytes() {
    assertError(caller.exchange(padded(2049)), 413, "payload_too_large", TOO_LONG, false);
  }

  @Test
  void refusesABodyThatHasTooManyBytesWithoutDeclaringThem() {
    assertError(caller.askAtUnknownLength(padded(2049)), 413, "payload_too_large", TOO_LONG, false);
  }

  @Test
  void takesABodyThatHasExactlyTheBytesAllowed() {
    script.says(new Completed(null));

    assertThat(caller.askAtUnknownLength(padded(2048)).getStatus()).isEqualTo(200);
  }

  @Test
  void refusesMoreRequestsThanAllowedAndSaysWhenToComeBack() {
    for (int i = 0; i < 5; i++) {
      assertThat(caller.exchange("{}").getStatus()).isEqualTo(400);
    }

    MockHttpServletResponse answer = caller.exchange("{}");

    assertError(answer, 429, "rate_limited", TOO_MANY, true);
    assertThat(Integer.parseInt(header(answer, "Retry-After"))).isBetween(1, 60);
    assertThat(answer.getHeader("RateLimit-Limit")).isEqualTo("5");
    assertThat(answer.getHeader("RateLimit-Remaining")).isEqualTo("0");
  }

  @Test
  void tellsWhatIsLeftOfTheClientsShare() {
    assertThat(caller.exchange("{}").getHeader("RateLimit-Remaining")).isEqualTo("4");
    assertThat(caller.exchange("{}").getHeader("RateLimit-Remaining")).isEqualTo("3");
  }

  @Test
  void refusesMoreStreamsOfOneClientThanAllowed() {
    script.says(new TextDelta("Hi"));
    caller.begin(aQuestion());

    MockHttpServletResponse answer = caller.exchange(aQuestion());

    assertError(answer, 429, "rate_limited", TOO_MANY, true);
    assertThat(answer.getHeader("Retry-After")).isEqualTo("5");
  }

  @Test
  void refusesMoreStreamsInAllThanAllowed() {
    script.says(new TextDelta("Hi"));
    for (int i = 0; i < 3; i++) {
      caller.another().begin(aQuestion());
    }

    MockHttpServletResponse answer = caller.exchange(aQuestion());

    assertError(answer, 503, "overloaded", BUSY, true);
    assertThat(answer.getHeader("Retry-After")).isEqualTo("5");
  }
}
