package dev.minimalchat.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// How to start a gateway and how to send a request to it.
///
/// @param command with the placeholders `{port}` and `{memory}`
/// @param environment with the placeholders `{port}` and `{management port}`
/// @param readyPath answers 200 when the gateway is ready
/// @param path of the requests
/// @param headers additional request headers, each with its line end, with the placeholder `{key}`
/// @param responsesApi whether the request has the form of the Responses API; otherwise of our API
record Gateway(
    String name,
    List<String> command,
    Map<String, String> environment,
    String readyPath,
    String path,
    String headers,
    boolean responsesApi) {

  private static final String CHAT_BODY = "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}";
  private static final String RESPONSES_BODY =
      "{\"model\":\"bench\",\"stream\":true,"
          + "\"input\":[{\"type\":\"message\",\"role\":\"user\",\"content\":\"%s\"}]}";

  byte[] request(AnswerScript script) {
    String body = (responsesApi ? RESPONSES_BODY : CHAT_BODY).formatted(script);
    return ("POST "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + headers.replace("{key}", UUID.randomUUID().toString())
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(ISO_8859_1);
  }

  /// Starts the gateway and waits until it is ready.
  Running start(Path log, String memory) {
    try {
      int port = freePort();
      String number = String.valueOf(port);
      ProcessBuilder builder =
          new ProcessBuilder(
                  command.stream()
                      .map(it -> it.replace("{port}", number).replace("{memory}", memory))
                      .toList())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      int managementPort = freePort();
      environment.forEach((key, value) ->
          builder
              .environment()
              .put(
                  key,
                  value
                      .replace("{port}", number)
                      .replace("{management port}", String.valueOf(managementPort))));
      long start = System.nanoTime();
      Running running = new Running(this, builder.start(), port, managementPort, start);
      Runtime.getRuntime().addShutdownHook(new Thread(running::close));
      running.awaitHealth();
      return running;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// @param startedAt `System.nanoTime()` before the start of the process
  record Running(Gateway gateway, Process process, int port, int managementPort, long startedAt)
      implements AutoCloseable {
    private static final long START_TIMEOUT_NANOS = 60_000_000_000L;

    ProcessMetrics metrics() {
      return new ProcessMetrics(process.toHandle());
    }

    LoadResult run(Load load) throws IOException {
      try (LoadGenerator generator = new LoadGenerator(port, gateway::request, load)) {
        return generator.run();
      }
    }

    private void awaitHealth() {
      while (!isHealthy()) {
        if (!process.isAlive() || System.nanoTime() - startedAt > START_TIMEOUT_NANOS) {
          close();
          throw new IllegalStateException(gateway.name() + " did not start");
        }
        Sleep.millis(5);
      }
    }

    private boolean isHealthy() {
      try {
        URI uri = URI.create("http://127.0.0.1:" + port + gateway.readyPath());
        var connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(1000);
        connection.setReadTimeout(5000);
        return connection.getResponseCode() == 200;
      } catch (IOException e) {
        return false;
      }
    }

    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
