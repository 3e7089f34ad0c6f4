package dev.minimalchat.gateway.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The operator's brand of the page. `application.yml` maps the environment variables; an empty one
/// counts as unset. The static build reads the same variables with the same limits
/// (`frontend/vite/brand-settings.js`).
///
/// @param logo a `data:` URL, or the path of a file
/// @param accent one colour for both themes, or one for each
/// @param suggestions one a line
/// @param links `Label=https://…`, one a line
/// @param disclosure the sentence under the composer that says that an AI answers. It can be
///   replaced, but not left out
/// @param disclosureProvider who receives the messages; the provider's host if empty
/// @param language of the page; `auto` or empty for that of the browser
@ConfigurationProperties("minimalchat.brand")
record BrandProperties(
    @DefaultValue("") String title,
    @DefaultValue("") String logo,
    @DefaultValue("") String accent,
    @DefaultValue("") String greeting,
    @DefaultValue("") String placeholder,
    @DefaultValue("") String suggestions,
    @DefaultValue("") String notice,
    @DefaultValue("") String links,
    @DefaultValue("") String disclosure,
    @DefaultValue("") String disclosureProvider,
    @DefaultValue("") String language) {
  /// Chosen by the browser.
  static final String AUTOMATIC = "auto";

  private static final List<String> LANGUAGES =
      List.of(AUTOMATIC, "en", "de", "fr", "es", "it", "pt", "nl", "ar");
  private static final int MAX_LINES = 6;
  private static final int MAX_LINE_CHARACTERS = 200;
  private static final Pattern HREF = Pattern.compile("(https://[^\\s/]|mailto:[^\\s])[^\\s]*");

  BrandProperties {
    List<String> problems = new ArrayList<>();
    problems.addAll(problems("BRAND_TITLE", title, 60));
    problems.addAll(problems("GREETING", greeting, 200));
    problems.addAll(problems("PLACEHOLDER", placeholder, 100));
    problems.addAll(problems("NOTICE", notice, 300));
    problems.addAll(problems("DISCLOSURE", disclosure, 300));
    problems.addAll(problems("DISCLOSURE_PROVIDER", disclosureProvider, 100));
    problems.addAll(problems(suggestions, text -> lines("SUGGESTIONS", text)));
    problems.addAll(problems(links, BrandProperties::parseLinks));
    problems.addAll(problems(accent, Accent::parse));
    problems.addAll(problems(logo, BrandLogo::read));
    if (language.isEmpty()) {
      language = AUTOMATIC;
    }
    if (!LANGUAGES.contains(language)) {
      problems.add("PAGE_LANGUAGE is none of " + String.join(", ", LANGUAGES));
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
  }

  List<String> suggestionList() {
    return lines("SUGGESTIONS", suggestions);
  }

  List<Link> linkList() {
    return parseLinks(links);
  }

  @Nullable Accent accentColours() {
    return accent.isEmpty() ? null : Accent.parse(accent);
  }

  @Nullable BrandLogo logoImage() {
    return logo.isEmpty() ? null : BrandLogo.read(logo);
  }

  private static List<Link> parseLinks(String links) {
    return lines("LINKS", links).stream().map(Link::parse).toList();
  }

  private static List<String> problems(String variable, String text, int maxCharacters) {
    if (!text.isEmpty() && text.isBlank()) {
      return List.of(variable + " is blank: the text must be readable");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      return List.of(variable + " has a line break or another control character");
    }
    return text.codePointCount(0, text.length()) > maxCharacters
        ? List.of(variable + " is longer than " + maxCharacters + " characters")
        : List.of();
  }

  private static List<String> problems(String value, Consumer<String> parse) {
    try {
      if (!value.isEmpty()) {
        parse.accept(value);
      }
      return List.of();
    } catch (IllegalArgumentException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  private static List<String> lines(String variable, String text) {
    List<String> lines =
        Arrays.stream(text.split("\n", -1))
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .toList();
    if (lines.size() > MAX_LINES) {
      throw new IllegalArgumentException(variable + " has more than " + MAX_LINES + " lines");
    }
    if (lines.stream()
        .anyMatch(line -> line.codePointCount(0, line.length()) > MAX_LINE_CHARACTERS)) {
      throw new IllegalArgumentException(
          variable + " has a line of more than " + MAX_LINE_CHARACTERS + " characters");
    }
    return lines;
  }

  /// A link under the composer.
  record Link(String label, String href) {
    private static Link parse(String line) {
      int at = line.indexOf('=');
      String label = line.substring(0, Math.max(0, at)).strip();
      String href = line.substring(at + 1).strip();
      if (label.isEmpty() || !HREF.matcher(href).matches()) {
        throw new IllegalArgumentException(
            "LINKS has a line that is not Label=https://… or Label=mailto:…");
      }
      return new Link(label, href);
    }
  }
}
