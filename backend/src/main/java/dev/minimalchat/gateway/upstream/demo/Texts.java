package dev.minimalchat.gateway.upstream.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// The demo's words, which are written in files under `resources/demo` and ship with it.
final class Texts {
  private Texts() {}

  /// @param name the file's path below `demo`
  static String read(String name) {
    try (InputStream in = Texts.class.getResourceAsStream("/demo/" + name)) {
      Objects.requireNonNull(in, () -> "the demo's text is missing: " + name);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
