package dev.minimalchat.gateway.page;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The places of the brand in the built page (`brand.json`), and what stands in them. The static
/// build fills them with the same result (`frontend/vite/brand.js`).
///
/// @param html of the page, with `{{…}}` for each place
/// @param manifest of the web application, in the same way
/// @param defaults what stands in a place without a brand
/// @param items what is inserted into a place; `{{…}}` is text
/// @param languages what replaces entries of both in another language than English
record BrandTable(
    String html,
    String manifest,
    Map<String, String> defaults,
    Map<String, String> items,
    Map<String, Language> languages) {
  private static final Pattern PLACE = Pattern.compile("\\{\\{([\\w.]+)}}");

  /// The texts of one language.
  record Language(Map<String, String> defaults, Map<String, String> items) {}

  /// The table with the texts of the page's language. That of the browser begins in English.
  BrandTable in(String language) {
    Language own = languages.get(language);
    return own == null
        ? this
        : new BrandTable(
            html, manifest, merged(defaults, own.defaults), merged(items, own.items), Map.of());
  }

  private static Map<String, String> merged(Map<String, String> common, Map<String, String> own) {
    Map<String, String> merged = new HashMap<>(common);
    merged.putAll(own);
    return merged;
  }

  /// @param provider who receives the messages; null if that is not said
  String html(BrandProperties brand, @Nullable BrandLogo logo, @Nullable String provider) {
    Accent accent = brand.accentColours();
    String suggestions =
        brand.suggestionList().stream()
            .map(text -> entry("suggestion", Map.of("text", text)))
            .collect(Collectors.joining());
    String links =
        brand.linkList().stream()
            .map(link -> entry("link", Map.of("href", link.href(), "label", link.label())))
            .collect(Collectors.joining());
    Map<String, String> values = new HashMap<>(defaults);
    values.put("language", brand.language());
    values.putAll(
        Map.of(
            "title",
            text(brand.title(), "title"),
            "greeting",
            text(brand.greeting(), "greeting"),
            "placeholder",
            text(brand.placeholder(), "placeholder"),
            "disclosure",
            disclosure(brand, provider),
            "suggestions",
            suggestions.isEmpty() ? byDefault("suggestions") : suggestions,
            "links",
            links,
            "logo",
            logo == null ? "" : entry("logo", Map.of("file", logo.file())),
            "icon",
            logo == null ? byDefault("icon") : entry("icon", Map.of("file", logo.file())),
            "style",
            accent == null
                ? ""
                : entry("style", Map.of("light", accent.light(), "dark", accent.dark()))));
    return fill(html, values);
  }

  String manifest(BrandProperties brand, @Nullable BrandLogo logo) {
    boolean hasTitle = !brand.title().isEmpty();
    return fill(
        manifest,
        Map.of(
            "title", escapeJson(hasTitle ? brand.title() : byDefault("manifestTitle")),
            "shortTitle", escapeJson(hasTitle ? brand.title() : byDefault("manifestShortTitle")),
            "language", byDefault("manifestLanguage"),
            "direction", byDefault("manifestDirection"),
            "description", escapeJson(byDefault("manifestDescription")),
            "icons",
                logo == null
                    ? byDefault("manifestIcons")
                    : entry("icons", Map.of("file", logo.file()))));
  }

  private String disclosure(BrandProperties brand, @Nullable String provider) {
    String sentence =
        brand.title().isEmpty()
            ? byDefault("disclosure")
            : entry("disclosure", Map.of("title", brand.title()));
    return (brand.disclosure().isEmpty() ? sentence : escapeHtml(brand.disclosure()))
        + (provider == null ? "" : entry("provider", Map.of("provider", provider)))
        + (brand.notice().isEmpty() ? "" : " " + escapeHtml(brand.notice()));
  }

  private String text(String own, String place) {
    return own.isEmpty() ? byDefault(place) : escapeHtml(own);
  }

  private String byDefault(String place) {
    return defaults.getOrDefault(place, "");
  }

  private String entry(String item, Map<String, String> texts) {
    Map<String, String> escaped =
        texts.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, text -> escapeHtml(text.getValue())));
    return fill(items.getOrDefault(item, ""), escaped);
  }

  private static String fill(String template, Map<String, String> values) {
    return PLACE
        .matcher(template)
        .replaceAll(place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), "")));
  }

  private static String escapeHtml(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /// Within a string of JSON.
  private static String escapeJson(String text) {
    return String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text));
  }
}
