package dev.minimalchat.gateway.upstream.openai;

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

  static Optional<Path> find(String name) {
    return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
        .map(folder -> folder.resolve("shared/fixtures").resolve(name))
        .filter(Files::exists)
        .findFirst();
  }

  static Stream<Path> list(String folder) {
    return find(folder).stream().flatMap(SharedFixtures::files);
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
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
