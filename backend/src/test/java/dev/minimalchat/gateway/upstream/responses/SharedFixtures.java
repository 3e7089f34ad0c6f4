package dev.minimalchat.gateway.upstream.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Recorded streams and parser cases in a `shared/fixtures` folder outside the repository. Tests
/// that use them run without cases if the folder does not exist.
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

  /// The elements of `cases` in a JSON file.
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
