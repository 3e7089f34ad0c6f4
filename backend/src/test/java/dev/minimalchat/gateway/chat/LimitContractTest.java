package dev.minimalchat.gateway.chat;

import static dev.minimalchat.gateway.chat.ChatRequests.aQuestion;
import static dev.minimalchat.gateway.chat.ChatRequests.messages;
import static dev.minimalchat.gateway.chat.ChatRequests.padded;
import static dev.minimalchat.gateway.chat.ResponseAssertions.assertError;
import static dev.minimalchat.gateway.chat.ResponseAssertions.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.upstream.FakeUpstream;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;

/// The limits on requests, bodies and streams.
@GatewayContractTest
class LimitContractTest {
  private static final String MESSAGE = "{\"role\":\"user\",\"content\":\"a\"}";
  private static final String TOO_LONG = "This conversation is too long. Please start a new one.";
  private static final String BUSY = "The chat service is busy. Please try again in a moment.";
  private static final String TOO_MANY = "Too many requests. Please wait a moment and try again.";

  @Autowired ApiClient client;
  @Autowired @AutoClose FakeUpstream upstream;

  @Test
  void rejectsMoreThanMaxMessages() {
    assertError(
        client.exchange(messages(MESSAGE, MESSAGE, MESSAGE, MESSAGE)),
        413,
        "payload_too_large",
        TOO_LONG,
        false);
  }

  @Test
  void acceptsMaxMessages() {
    upstream.emits(new Completed(null));

    assertThat(client.exchange(messages(MESSAGE, MESSAGE, MESSAGE)).getStatus()).isEqualTo(200);
  }

  @Test
  void rejectsABodyWhoseContentLengthIsTooLarge() {
    assertError(client.exchange(padded(2049)), 413, "payload_too_large", TOO_LONG, false);
  }

  @Test
  void rejectsAChunkedBodyThatIsTooLarge() {
    assertError(client.exchangeChunked(padded(2049)), 413, "payload_too_large", TOO_LONG, false);
  }

  @Test
  void acceptsAChunkedBodyOfMaxRequestBytes() {
    upstream.emits(new Completed(null));

    assertThat(client.exchangeChunked(padded(2048)).getStatus()).isEqualTo(200);
  }

  @Test
  void rejectsTheNextRequestOverTheRateLimitWithRetryAfter() {
    for (int i = 0; i < 5; i++) {
      assertThat(client.exchange("{}").getStatus()).isEqualTo(400);
    }

    MockHttpServletResponse response = client.exchange("{}");

    assertError(response, 429, "rate_limited", TOO_MANY, true);
    assertThat(Integer.parseInt(header(response, "Retry-After"))).isBetween(1, 60);
    assertThat(response.getHeader("RateLimit-Limit")).isEqualTo("5");
    assertThat(response.getHeader("RateLimit-Remaining")).isEqualTo("0");
  }

  @Test
  void reportsTheRemainingRateLimit() {
    assertThat(client.exchange("{}").getHeader("RateLimit-Remaining")).isEqualTo("4");
    assertThat(client.exchange("{}").getHeader("RateLimit-Remaining")).isEqualTo("3");
  }

  @Test
  void rejectsTheNextStreamOverTheClientsLimit() {
    upstream.emits(new TextDelta("Hi"));
    client.start(aQuestion());

    MockHttpServletResponse response = client.exchange(aQuestion());

    assertError(response, 429, "rate_limited", TOO_MANY, true);
    assertThat(response.getHeader("Retry-After")).isEqualTo("5");
  }

  @Test
  void rejectsTheNextStreamOverTheTotalLimit() {
    upstream.emits(new TextDelta("Hi"));
    for (int i = 0; i < 3; i++) {
      client.anotherClient().start(aQuestion());
    }

    MockHttpServletResponse response = client.exchange(aQuestion());

    assertError(response, 503, "overloaded", BUSY, true);
    assertThat(response.getHeader("Retry-After")).isEqualTo("5");
  }
}
