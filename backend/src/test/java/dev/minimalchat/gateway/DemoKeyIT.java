package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.upstream.Provider;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The demo provider outside of the profile `demo`.
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "management.server.port=0",
      "minimalchat.access.token=" + RunningGateway.TOKEN,
      "minimalchat.upstream.api-key=demo"
    })
@ExtendWith(OutputCaptureExtension.class)
class DemoKeyIT {
  @Autowired Provider provider;
  @LocalServerPort int port;

  @Test
  void answersWithTheDemoProviderAndWarns(CapturedOutput output) throws IOException {
    try (SocketClient client = SocketClient.connectAndPost(port, "Hello")) {
      assertThat(client.readUntil("event: response.output_text.delta")).contains("200");
    }
    assertThat(provider.isDemo()).isTrue();
    assertThat(output).contains("OPENAI_API_KEY is demo: the built-in provider answers");
  }
}
