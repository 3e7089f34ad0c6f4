package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

/// A gateway with access codes, behind a proxy on the loopback address that names the users.
@TestPropertySource(
    properties = {
      "minimalchat.access-code.codes=team:correct-horse,guests:battery-staple",
      "minimalchat.trusted-user.header=X-Forwarded-Email",
      "minimalchat.trusted-user.proxies=127.0.0.1",
      "minimalchat.limits.rate-per-minute=5"
    })
@ExtendWith(OutputCaptureExtension.class)
class AccessIT extends RunningGateway {
  private static final String CODE = "battery-staple";
  private static final String OTHER_CODE = "correct-horse";
  private static final String BODY = SocketClient.body("a question");
  private static final String LENGTH = "Content-Length: %d\r\n".formatted(BODY.length());

  @Test
  void asksForACodeWithTheSentenceOfTheContract() throws IOException {
    String response = chat("ada@example.org", TOKEN);

    assertThat(response)
        .startsWith("HTTP/1.1 401")
        .contains("WWW-Authenticate: Bearer")
        .contains("\"code\":\"access_code_required\"")
        .contains("\"message\":\"Please enter the access code.\"")
        .contains("\"retryable\":false");
  }

  @Test
  void rejectsARequestThatNamesNoUser() throws IOException {
    assertThat(chat(null, CODE)).startsWith("HTTP/1.1 401").contains("\"code\":\"unauthorized\"");
  }

  @Test
  void logsTheNameOfTheCodeAndAHashOfTheUser(CapturedOutput output) throws IOException {
    try (SocketClient client = client("carol@example.org", CODE)) {
      PROVIDER.take().answer("Hello");
      assertThat(client.readToTheEnd()).contains("response.completed");
    }
    awaitNoActiveStreams();

    assertThat(output)
        .containsPattern("\"token_name\":\"guests\"")
        .containsPattern("\"user_hash\":\"[0-9a-f]{12}\"")
        .doesNotContain(CODE, "carol");
  }

  @Test
  void limitsEachUserSeparately() throws IOException {
    for (int i = 0; i < 5; i++) {
      assertThat(chat("dave@example.org", TOKEN)).startsWith("HTTP/1.1 401");
    }

    assertThat(chat("dave@example.org", TOKEN)).startsWith("HTTP/1.1 429");
    assertThat(chat("erin@example.org", TOKEN)).startsWith("HTTP/1.1 401");
  }

  /// The key alone does not suffice: neither for another user, nor with another access code.
  @Test
  void findsAnAnswerForItsUserAndCodeOnly() throws IOException {
    String key = EventReader.newKey();
    try (SocketClient client = new SocketClient(port)) {
      client.send(head("POST /v1/chat", "ada@example.org", CODE, key) + BODY);
      Call call = PROVIDER.take();
      call.openStream();
      call.delta("first");
      client.readUntil("first");

      assertThat(resume("bob@example.org", CODE, key)).startsWith("HTTP/1.1 404");
      assertThat(resume("ada@example.org", OTHER_CODE, key)).startsWith("HTTP/1.1 404");
      assertThat(exchange("DELETE /v1/chat/stream", "bob@example.org", CODE, key))
          .startsWith("HTTP/1.1 204");
      call.delta(" second");
      call.complete();
      assertThat(client.readToTheEnd()).contains("response.completed");
      assertThat(resume("ada@example.org", CODE, key))
          .startsWith("HTTP/1.1 200")
          .contains("second", "response.completed");
    }
  }

  private String resume(String user, String code, String key) throws IOException {
    return exchange("GET /v1/chat/stream", user, code, key);
  }

  private String exchange(String line, String user, String code, String key) throws IOException {
    try (SocketClient client = new SocketClient(port)) {
      client.send(head(line, user, code, key).replace(LENGTH, ""));
      return client.readToTheEnd();
    }
  }

  private static String head(String line, String user, String code, String key) {
    return line
        + " HTTP/1.1\r\nConnection: close\r\nHost: gateway\r\n"
        + LENGTH
        + "Content-Type: application/json\r\nAuthorization: Bearer %s\r\n".formatted(code)
        + "X-Forwarded-Email: %s\r\nResume-Key: %s\r\n\r\n".formatted(user, key);
  }

  private String chat(@Nullable String user, String token) throws IOException {
    try (SocketClient client = client(user, token)) {
      return client.readToTheEnd();
    }
  }

  private SocketClient client(@Nullable String user, String token) throws IOException {
    SocketClient client = new SocketClient(port);
    String body = SocketClient.body("a question");
    client.send(
        "POST /v1/chat HTTP/1.1\r\nConnection: close\r\nHost: gateway\r\n"
            + "Content-Type: application/json\r\nContent-Length: %d\r\n".formatted(body.length())
            + "Authorization: Bearer %s\r\n".formatted(token)
            + (user == null ? "" : "X-Forwarded-Email: %s\r\n".formatted(user))
            + "\r\n"
            + body);
    return client;
  }
}
