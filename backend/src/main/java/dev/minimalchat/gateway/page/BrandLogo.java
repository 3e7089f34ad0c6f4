package dev.minimalchat.gateway.page;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The operator's logo.
///
/// @param image a file of the page, which cannot run scripts
record BrandLogo(PageFile image) {
  private static final int MAX_BYTES = 16 << 10;
  private static final Pattern DATA_URL =
      Pattern.compile(
          "data:image/[a-z+.-]+(?:;(?!base64,)[a-z0-9=-]+)*(;base64)?,(.*)", Pattern.DOTALL);
  private static final Pattern SVG =
      Pattern.compile(
          "\ufeff?\\s*(?:<!--.*?-->\\s*)*<(svg|\\?xml|!DOCTYPE svg)[\\s>]", Pattern.DOTALL);
  private static final Pattern ACTIVE_SVG =
      Pattern.compile(
          "<script|<foreignObject|\\son\\w+\\s*=|javascript:", Pattern.CASE_INSENSITIVE);

  /// @param value a `data:` URL or the path of a file
  /// @throws IllegalArgumentException with a line that names the variable
  static BrandLogo read(String value) {
    byte[] content = value.startsWith("data:") ? fromDataUrl(value) : fromFile(value);
    if (content.length > MAX_BYTES) {
      throw new IllegalArgumentException("BRAND_LOGO is larger than 16 KB");
    }
    String extension = extension(content);
    if (extension == null) {
      throw new IllegalArgumentException("BRAND_LOGO is not a PNG, JPEG, WebP or SVG image");
    }
    if (extension.equals("svg")
        && ACTIVE_SVG.matcher(new String(content, StandardCharsets.UTF_8)).find()) {
      throw new IllegalArgumentException("BRAND_LOGO is an SVG image with scripts");
    }
    return new BrandLogo(new PageFile("logo." + extension, null, content));
  }

  /// Its name in the page.
  String file() {
    return image.getFilename();
  }

  private static byte[] fromDataUrl(String url) {
    Matcher data = DATA_URL.matcher(url);
    try {
      if (data.matches()) {
        return data.group(1) == null
            // A plus is a plus in a data: URL.
            ? URLDecoder.decode(data.group(2).replace("+", "%2B"), StandardCharsets.UTF_8)
                .getBytes(StandardCharsets.UTF_8)
            : Base64.getDecoder().decode(data.group(2).replaceAll("\\s", ""));
      }
    } catch (IllegalArgumentException e) {
      // As below.
    }
    throw new IllegalArgumentException("BRAND_LOGO is not a data: URL of an image");
  }

  private static byte[] fromFile(String path) {
    try {
      Path file = Path.of(path);
      // A larger one is rejected by its size, without reading all of it.
      try (var content = Files.newInputStream(file)) {
        return content.readNBytes(MAX_BYTES + 1);
      }
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(
          "BRAND_LOGO is neither a data: URL nor a file that can be read", e);
    }
  }

  /// By the first bytes of the image.
  private static @Nullable String extension(byte[] content) {
    String start =
        new String(content, 0, Math.min(content.length, 12), StandardCharsets.ISO_8859_1);
    if (start.startsWith("\u0089PNG\r\n\u001a\n")) {
      return "png";
    }
    if (start.startsWith("\u00ff\u00d8\u00ff")) {
      return "jpg";
    }
    if (start.startsWith("RIFF") && start.endsWith("WEBP")) {
      return "webp";
    }
    return SVG.matcher(new String(content, StandardCharsets.UTF_8)).lookingAt() ? "svg" : null;
  }
}
