package dev.minimalchat.gateway.upstream;

import org.jspecify.annotations.Nullable;

/// A source that an answer cites. Its words come from a web page or a document, so they are never
/// trusted.
public sealed interface Citation {
  /// Of a title or a file's name, in UTF-16 code units.
  int MAX_NAME_CHARS = 200;

  /// A web page.
  ///
  /// @param url http or https
  record Url(String url, @Nullable String title) implements Citation {}

  /// One of the operator's documents.
  record File(String filename) implements Citation {}

  /// Null if that is not the address of a web page.
  static @Nullable Citation ofUrl(String url, String title) {
    String checked = DisplayText.httpUrl(url);
    return checked == null ? null : new Url(checked, DisplayText.of(title, MAX_NAME_CHARS));
  }

  /// Null without a name.
  static @Nullable Citation ofFile(String filename) {
    String name = DisplayText.of(filename, MAX_NAME_CHARS);
    return name == null ? null : new File(name);
  }
}
