package dev.minimalchat.gateway.page;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The accent colours of both themes, such as `#0b57d0`. The static build reads them in the same
/// way (`frontend/vite/accent.js`).
record Accent(String light, String dark) {
  /// WCAG 2.2, 1.4.3.
  private static final double MIN_CONTRAST = 4.5;

  private static final Pattern COLOUR = Pattern.compile("#[0-9a-f]{6}");
  private static final int MAX_CHANNEL = 255;

  /// What the accent is read on: the page, a panel and a message.
  private static final List<String> LIGHT = List.of("#ffffff", "#f7f7f5", "#f0f0ec");

  private static final List<String> DARK = List.of("#161615", "#1e1e1c", "#2b2b28");

  /// @param value one colour for both themes, made lighter for the dark one until it can be read,
  ///   or one for each
  /// @throws IllegalArgumentException with a line that names the variable, and the contrast if that
  ///   is too low
  static Accent parse(String value) {
    List<String> given =
        Arrays.stream(value.toLowerCase(Locale.ROOT).split(",", -1)).map(String::strip).toList();
    if (given.size() > 2 || !given.stream().allMatch(each -> COLOUR.matcher(each).matches())) {
      throw new IllegalArgumentException(
          "BRAND_ACCENT is not a colour such as #0b57d0, or one for each theme");
    }
    check(given.getFirst(), LIGHT, "light");
    if (given.size() == 1) {
      return new Accent(given.getFirst(), lightened(given.getFirst()));
    }
    check(given.getLast(), DARK, "dark");
    return new Accent(given.getFirst(), given.getLast());
  }

  private static void check(String colour, List<String> surfaces, String theme) {
    double contrast = lowestContrast(colour, surfaces);
    if (contrast < MIN_CONTRAST) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "BRAND_ACCENT %s has a contrast of %.2f in the %s theme; it needs 4.5",
              colour,
              Math.floor(contrast * 100) / 100,
              theme));
    }
  }

  /// The colour with as little white as it needs in the dark theme.
  private static String lightened(String colour) {
    int[] channels = channels(colour);
    for (int percent = 0; percent < 100; percent++) {
      StringBuilder mixed = new StringBuilder("#");
      for (int channel : channels) {
        mixed.append(
            HexFormat.of().toHexDigits((byte) (channel + (MAX_CHANNEL - channel) * percent / 100)));
      }
      if (lowestContrast(mixed.toString(), DARK) >= MIN_CONTRAST) {
        return mixed.toString();
      }
    }
    return "#ffffff";
  }

  private static double lowestContrast(String colour, List<String> surfaces) {
    return surfaces.stream()
        .mapToDouble(surface -> contrast(luminance(colour), luminance(surface)))
        .min()
        .orElseThrow();
  }

  /// WCAG's contrast ratio.
  private static double contrast(double one, double other) {
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  }

  /// WCAG's relative luminance.
  private static double luminance(String colour) {
    int[] rgb = channels(colour);
    return 0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2]);
  }

  private static double linear(int channel) {
    double value = (double) channel / MAX_CHANNEL;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }

  private static int[] channels(String colour) {
    int rgb = HexFormat.fromHexDigits(colour, 1, colour.length());
    return new int[] {rgb >> 16, rgb >> 8 & MAX_CHANNEL, rgb & MAX_CHANNEL};
  }
}
