package dev.minimalchat.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;

/// Runs [BenchProvider] in a separate process.
final class ProviderProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;
  private final int port;

  ProviderProcess() throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                BenchProvider.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    output = new BufferedReader(new InputStreamReader(process.getInputStream(), ISO_8859_1));
    port = Integer.parseInt(output.readLine());
  }

  int port() {
    return port;
  }

  /// The number of unfinished answers.
  int openAnswers() throws IOException {
    var input = process.outputWriter();
    input.newLine();
    input.flush();
    return Integer.parseInt(output.readLine());
  }

  @Override
  public void close() {
    process.destroy();
  }
}
