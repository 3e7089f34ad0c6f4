package dev.minimalchat.gateway.upstream.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Streams and parser cases that others recorded. They stand beside the project where it is made,
/// and are no part of it: whoever clones it alone tests without them.
final class SharedFixtures {
  private SharedFixtures() {}

  private static Optional<Path> find(String name) {
    return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
        .map(folder -> folder.resolve("shared/fixtures").resolve(name))
        .filter(Files::exists)
        .findFirst();
  }

  static Stream<Path> list(String folder) {
    return find(folder).stream().flatMap(SharedFixtures::files);
  }

  /// What stands under `cases` in a file of JSON.
  static Stream<JsonNode> cases(String name) {
    return find(name).stream().flatMap(file -> json(bytes(file)).path("cases").valueStream());
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode json(byte[] text) {
    try {
      return new JsonMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
