package dev.minimalchat.gateway.page;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param serve whether this gateway also serves the page
/// @param disclosure the sentence under the composer that says that an AI answers; the built page's
///   own if empty. It can be replaced, but not left out
@ConfigurationProperties("minimalchat.page")
record PageProperties(boolean serve, @DefaultValue("") String disclosure) {
  private static final int MAX_DISCLOSURE_CHARACTERS = 300;

  PageProperties {
    if (!disclosure.isEmpty() && disclosure.isBlank()) {
      throw new IllegalArgumentException("DISCLOSURE is blank: the sentence must be readable");
    }
    if (disclosure.codePointCount(0, disclosure.length()) > MAX_DISCLOSURE_CHARACTERS) {
      throw new IllegalArgumentException(
          "DISCLOSURE is longer than " + MAX_DISCLOSURE_CHARACTERS + " characters");
    }
  }
}
