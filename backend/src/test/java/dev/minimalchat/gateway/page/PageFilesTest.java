package dev.minimalchat.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageFilesTest {
  private static final String HTML =
      "<p>a</p><p id=\"disclosure\" class=\"note\">An AI.</p><p>b</p>";

  @Test
  void replacesTheSentenceOfThePage() {
    assertThat(PageFiles.withDisclosure(HTML, "I am a machine."))
        .isEqualTo("<p>a</p><p id=\"disclosure\" class=\"note\">I am a machine.</p><p>b</p>");
  }

  @Test
  void writesTheSentenceAsText() {
    assertThat(PageFiles.withDisclosure(HTML, "<script>\"$1\\1\" & more</script>"))
        .contains(">&lt;script&gt;&quot;$1\\1&quot; &amp; more&lt;/script&gt;</p>");
  }
}
