package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

/// The content of an image or a file never reaches a log, a metric or an answer, whether the
/// gateway refuses it, the provider does, or it is answered.
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(
    properties = {
      "minimalchat.attachments.images=true",
      "minimalchat.attachments.files=pdf",
      "resilience4j.retry.instances.provider.max-attempts=1"
    })
class AttachmentCanaryIT extends TracedGateway {
  private static final String WORD = "canaryb51e";
  private static final String IMAGE =
      "{'type':'input_image','image_url':'data:image/png;base64,iVBORw0KGgo" + WORD + "AAA'}";
  private static final String FILE =
      "{'type':'input_file','filename':'"
          + WORD
          + ".pdf','file_data':'data:application/pdf;base64,JVBERi0x"
          + WORD
          + "AA'}";

  @ParameterizedTest
  @ValueSource(strings = {IMAGE, FILE})
  void anAttachmentThatIsAnsweredGoesToTheProviderOnly(String part, CapturedOutput output)
      throws IOException {
    try (SocketClient client = send(part)) {
      Call call = PROVIDER.take();
      assertThat(call.body()).contains(WORD);
      call.answer("Seen");

      assertThat(client.readToTheEnd()).contains("Seen").doesNotContain(WORD);
    }
    awaitNoActiveStreams();
    assertThat(output.getAll()).doesNotContain(WORD);
  }

  @ParameterizedTest
  @ValueSource(strings = {IMAGE, FILE})
  void anAttachmentThatTheProviderRefusesGoesNowhereElse(String part, CapturedOutput output)
      throws Exception {
    try (SocketClient client = send(part)) {
      String error = "{\"error\":{\"message\":\"cannot read " + WORD + "\"}}";
      PROVIDER.take().answer("400 Bad Request", "application/json", error);

      assertThat(client.readToTheEnd()).startsWith("HTTP/1.1 ").doesNotContain(WORD);
    }
    awaitNoActiveStreams();
    assertThat(output.getAll() + metrics()).doesNotContain(WORD);
  }

  @Test
  void anAttachmentThatTheGatewayRefusesGoesNowhere(CapturedOutput output) throws Exception {
    String part = IMAGE.replace("iVBORw0KGgo", "AAAAAAAAAAA");
    try (SocketClient client = send(part)) {
      assertThat(client.readToTheEnd()).startsWith("HTTP/1.1 400").doesNotContain(WORD);
    }
    assertThat(output.getAll() + metrics()).doesNotContain(WORD);
  }

  private SocketClient send(String part) throws IOException {
    String text = "{'type':'input_text','text':'What is this?'}";
    String body =
        "{'messages':[{'role':'user','content':[%s,%s]}]}".formatted(text, part).replace('\'', '"');
    SocketClient client = new SocketClient(port);
    client.send(SocketClient.head(body.length()).replace("Host:", "Connection: close\r\nHost:"));
    client.send(body);
    return client;
  }
}
