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

/// One of the gateways compared: how it is started, and how it is asked.
///
/// @param command with `{port}` where its port goes, and `{memory}` where it is told how much there
///   is
/// @param environment with `{port}`, too, and `{free port}` for one more
/// @param readyPath answers 200 once it is up
/// @param path where it takes a question
/// @param headers what it wants beside the usual
/// @param responses whether a question has the provider's form; else it has ours
record Gateway(
    String name,
    List<String> command,
    Map<String, String> environment,
    String readyPath,
    String path,
    String headers,
    boolean responses) {

  private static final String OUR_FORM = "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}";
  private static final String PROVIDERS_FORM =
      "{\"model\":\"bench\",\"stream\":true,"
          + "\"input\":[{\"type\":\"message\",\"role\":\"user\",\"content\":\"%s\"}]}";

  byte[] request(Script script) {
    String body = (responses ? PROVIDERS_FORM : OUR_FORM).formatted(script);
    return ("POST "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + headers
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(ISO_8859_1);
  }

  /// Starts it and waits until it is well.
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
      String another = String.valueOf(freePort());
      environment.forEach((key, value) ->
          builder
              .environment()
              .put(key, value.replace("{port}", number).replace("{free port}", another)));
      long start = System.nanoTime();
      Running running = new Running(this, builder.start(), port, start);
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

  /// @param startedAt when its process was made, in nanoseconds
  record Running(Gateway gateway, Process process, int port, long startedAt)
      implements AutoCloseable {
    private static final long PATIENCE = 60_000_000_000L;

    ProcessFigures figures() {
      return new ProcessFigures(process.toHandle());
    }

    Tally bear(Load load) throws IOException {
      try (Browsers browsers = new Browsers(port, gateway::request, load)) {
        return browsers.run();
      }
    }

    private void awaitHealth() {
      while (!isWell()) {
        if (!process.isAlive() || System.nanoTime() - startedAt > PATIENCE) {
          close();
          throw new IllegalStateException(gateway.name() + " did not start");
        }
        Pause.millis(5);
      }
    }

    private boolean isWell() {
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
