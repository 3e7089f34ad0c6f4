package dev.minimalchat.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagePropertiesTest {

  @ParameterizedTest
  @ValueSource(strings = {" ", "\t\n", "\u2003"})
  void rejectsABlankDisclosure(String blank) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PageProperties(true, blank))
        .withMessageStartingWith("DISCLOSURE is blank");
  }

  @Test
  void limitsTheDisclosureTo300Characters() {
    assertThat(new PageProperties(true, "😀".repeat(300)).disclosure()).hasSize(600);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PageProperties(true, "x".repeat(301)))
        .withMessage("DISCLOSURE is longer than 300 characters");
  }
}
