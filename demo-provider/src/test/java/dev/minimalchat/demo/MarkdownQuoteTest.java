package dev.minimalchat.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownQuoteTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "I am sad       | I am sad",
        "`code`         | \\`code\\`",
        "**a** _b_      | \\*\\*a\\*\\* \\_b\\_",
        "<b>&amp;</b>   | \\<b\\>\\&amp\\;\\<\\/b\\>",
        "# 1. - a       | \\# 1\\. \\- a",
        "[a](http://b)  | \\[a\\]\\(http\\:\\/\\/b\\)",
        "a\\b            | a\\\\b",
        "Straße 日本語 🙂 | Straße 日本語 🙂",
      })
  void escapesMarkup(String message, String markdown) {
    assertThat(MarkdownQuote.of(message)).isEqualTo(markdown);
  }

  @Test
  void keepsLineBreaks() {
    assertThat(MarkdownQuote.of("\n# a\n\n    b\r\n")).isEqualTo("\\# a\\\n\\\nb");
  }

  @Test
  void shortensALongMessageBetweenCodePoints() {
    String quote = MarkdownQuote.of("🙂".repeat(1000));

    assertThat(quote).isEqualTo("🙂".repeat(300) + "…");
  }
}
