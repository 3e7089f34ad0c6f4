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
        "[a](http://b)  | &#91;a\\](http\\:\\/\\/b\\)",
        "\\(a\\) (b)      | \\\\(a\\\\\\) (b\\)",
        "【1†a】 \uE201     | &#12304;1†a】 &#57857;",
        "a\\b            | a\\\\b",
        "Straße 日本語 🙂 | Straße 日本語 🙂",
      })
  void escapesMarkup(String message, String markdown) {
    assertThat(MarkdownQuote.of(message)).isEqualTo(markdown);
  }

  @Test
  void keepsLineBreaks() {
    assertThat(MarkdownQuote.of("\n# a\n\n    b\r\n"))
        .isEqualTo("\\# a\\\n\\\n&nbsp;&nbsp;&nbsp;&nbsp;b");
  }

  @Test
  void keepsSpaces() {
    assertThat(MarkdownQuote.of("a   b\t\tc ")).isEqualTo("a &nbsp;&nbsp;b\t&nbsp;c");
  }

  @Test
  void shortensALongMessageBetweenCodePoints() {
    String quote = MarkdownQuote.of("🙂".repeat(1000));

    assertThat(quote).isEqualTo("🙂".repeat(300) + "…");
  }
}
