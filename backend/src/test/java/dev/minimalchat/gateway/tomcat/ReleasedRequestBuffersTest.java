package dev.minimalchat.gateway.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.util.ReflectionTestUtils.getField;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.Buffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.util.ServerInfo;
import org.apache.catalina.valves.ValveBase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Requests to an otherwise unchanged Tomcat with [ReleasedRequestBuffers].
class ReleasedRequestBuffersTest {
  private final Tomcat tomcat = new Tomcat();
  private final AtomicReference<Request> captured = new AtomicReference<>();

  @TempDir private Path folder;

  @BeforeEach
  void start() throws Exception {
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    tomcat.getConnector();
    tomcat.getEngine().getPipeline().addValve(new ReleasedRequestBuffers());
    tomcat.getEngine().getPipeline().addValve(new CapturingValve());
    var context = tomcat.addContext("", folder.toString());
    Tomcat.addServlet(context, "echo", new EchoServlet());
    context.addServletMappingDecoded("/", "echo");
    tomcat.start();
  }

  @AfterEach
  void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }

  @Test
  void shrinksTheCharacterBuffer() throws Exception {
    assertThat(echoOf("Hello")).isEqualTo("Hello");

    Object input = getField(captured.get(), "inputBuffer");
    assertThat((Buffer) getField(input, "cb")).extracting(Buffer::capacity).isEqualTo(16);
  }

  @Test
  void readsABodyAsTextAfterShrinking() throws Exception {
    for (int length : new int[] {0, 1, 15, 16, 17, 100, 8191, 8193, 300_000}) {
      String text = "äö€".repeat(length).substring(0, length);

      assertThat(echoOf(text)).as("%d characters", length).isEqualTo(text);
    }
  }

  @Test
  void runsOnTheVerifiedTomcatVersion() {
    assertThat(ServerInfo.getServerNumber())
        .as("ReleasedRequestBuffers uses private fields of Tomcat: verify it with the new version")
        .startsWith("10.1.");
  }

  private String echoOf(String text) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/");
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "text/plain; charset=utf-8")
            .POST(BodyPublishers.ofString(text))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }

  private final class CapturingValve extends ValveBase {
    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
      captured.set(request);
      getNext().invoke(request, response);
    }
  }

  private static final class EchoServlet extends HttpServlet {
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setContentType("text/plain; charset=utf-8");
      request.getReader().transferTo(response.getWriter());
    }
  }
}
