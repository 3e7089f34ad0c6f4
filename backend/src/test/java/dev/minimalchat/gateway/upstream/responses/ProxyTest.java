package dev.minimalchat.gateway.upstream.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minimalchat.gateway.TestTimeouts;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.ProviderSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The provider behind a proxy on a raw socket.
class ProxyTest {
  private static final String CREDENTIALS = "Basic dXNlcjpwQHNz"; // user:p@ss
  private static final String ANSWER =
      """
      HTTP/1.1 200 OK\r
      Content-Type: text/event-stream\r
      Connection: close\r
      \r
      data: {"type":"response.output_text.delta","delta":"Hi"}

      data: {"type":"response.completed","response":{"status":"completed"}}

      """;
  private static final String AUTHENTICATION_REQUIRED =
      """
      HTTP/1.1 407 Proxy Authentication Required\r
      Proxy-Authenticate: Basic realm="proxy"\r
      Content-Length: 0\r
      \r
      """;

  @Test
  void requestsAnHttpProviderThroughTheProxy() throws Exception {
    try (Proxy proxy = new Proxy(ANSWER);
        OpenAiClient client = client("http://provider.invalid/v1", proxy, "")) {
      assertThat(client.collect().text()).isEqualTo("Hi");

      assertThat(proxy.take())
          .startsWith("POST http://provider.invalid/v1/responses HTTP/1.1")
          .contains("Authorization: Bearer " + ProviderSettings.KEY);
    }
  }

  @Test
  void reachesAHostWithAnUnderscore() throws Exception {
    try (Proxy proxy = new Proxy(ANSWER);
        OpenAiClient client = client("http://llama_cpp:8080/v1", proxy, "")) {
      assertThat(client.collect().text()).isEqualTo("Hi");

      assertThat(proxy.take())
          .startsWith("POST http://llama_cpp:8080/v1/responses HTTP/1.1")
          .contains("Host: llama_cpp:8080");
    }
  }

  @Test
  void answersTheProxysChallengeWithTheCredentialsOfItsAddress() throws Exception {
    try (Proxy proxy = new Proxy(AUTHENTICATION_REQUIRED, ANSWER);
        OpenAiClient client = client("http://provider.invalid/v1", proxy, "user:p%40ss@")) {
      assertThat(client.collect().text()).isEqualTo("Hi");

      assertThat(proxy.take()).doesNotContain("Proxy-Authorization");
      assertThat(proxy.take()).contains("Proxy-Authorization: " + CREDENTIALS);
    }
  }

  @Test
  void opensATunnelToAnHttpsProviderWithoutSendingTheKey() throws Exception {
    try (Proxy proxy = new Proxy(AUTHENTICATION_REQUIRED, "HTTP/1.1 200 OK\r\n\r\nnot TLS");
        OpenAiClient client = client("https://provider.invalid/v1", proxy, "user:p%40ss@")) {
      var stream = client.stream(OpenAiClient.aRequest());

      assertThatThrownBy(stream::next).isInstanceOf(Failure.class);

      String first = proxy.take();
      String second = proxy.take();
      assertThat(first).startsWith("CONNECT provider.invalid:443 HTTP/1.1");
      assertThat(second)
          .startsWith("CONNECT provider.invalid:443 HTTP/1.1")
          .contains("Proxy-Authorization: " + CREDENTIALS);
      assertThat(first + second).doesNotContain(ProviderSettings.KEY);
    }
  }

  @Test
  void reachesALoopbackProviderDirectly() throws Exception {
    try (Proxy provider = new Proxy(ANSWER);
        Proxy proxy = new Proxy();
        OpenAiClient client = client(provider.address("") + "/v1", proxy, "")) {
      assertThat(client.collect().text()).isEqualTo("Hi");

      assertThat(provider.take()).startsWith("POST /v1/responses HTTP/1.1");
    }
  }

  private static OpenAiClient client(String base, Proxy proxy, String credentials) {
    String address = proxy.address(credentials);
    return new OpenAiClient(
        ProviderSettings.defaults(URI.create(base)),
        new ProxyProperties(address, address, List.of()));
  }

  /// Answers each request head on one connection with the next of its responses.
  private static final class Proxy implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();

    Proxy(String... responses) throws IOException {
      Thread.startVirtualThread(() -> serve(responses));
    }

    String address(String credentials) {
      return "http://" + credentials + "127.0.0.1:" + server.getLocalPort();
    }

    String take() throws InterruptedException {
      String head = heads.poll(TestTimeouts.SECONDS, TimeUnit.SECONDS);
      assertThat(head).as("a request").isNotNull();
      return head;
    }

    private void serve(String... responses) {
      try (Socket socket = server.accept();
          var in =
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
        for (String response : responses) {
          heads.add(readRequest(in));
          socket.getOutputStream().write(response.getBytes(StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        heads.add("closed");
      }
    }

    /// The head; the body is skipped.
    private static String readRequest(BufferedReader in) throws IOException {
      StringBuilder head = new StringBuilder();
      int length = 0;
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        head.append(line).append('\n');
        if (line.startsWith("Content-Length: ")) {
          length = Integer.parseInt(line.substring("Content-Length: ".length()));
        }
      }
      in.skip(length);
      return head.toString();
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
