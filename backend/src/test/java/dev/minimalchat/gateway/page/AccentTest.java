package dev.minimalchat.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `frontend/vite/brand-settings.test.js` has the same values.
class AccentTest {

  @ParameterizedTest
  @CsvSource({
    "#0b57d0, #0b57d0, #6293e0",
    "#000000, #000000, #919191",
    "'#0B57D0, #8AB4F8', #0b57d0, #8ab4f8"
  })
  void readsOneColourOrTwo(String value, String light, String dark) {
    Accent accent = Accent.parse(value);

    assertThat(accent.light()).isEqualTo(light);
    assertThat(accent.dark()).isEqualTo(dark);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "#ffcc00         | #ffcc00 | 1.32 | light",
        "#0b57d0,#0b57d0 | #0b57d0 | 2.22 | dark"
      })
  void rejectsAColourThatCannotBeReadWithItsContrast(
      String value, String colour, String contrast, String theme) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Accent.parse(value))
        .withMessage(
            "BRAND_ACCENT %s has a contrast of %s in the %s theme; it needs 4.5",
            colour, contrast, theme);
  }

  @ParameterizedTest
  @ValueSource(strings = {"red", "#fff", "#0b57d", "#0b57d0,", "#0b57d0,#8ab4f8,#000000", "0b57d0"})
  void rejectsWhatIsNoColour(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Accent.parse(value))
        .withMessage("BRAND_ACCENT is not a colour such as #0b57d0, or one for each theme");
  }
}
