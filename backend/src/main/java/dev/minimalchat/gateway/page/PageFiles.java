package dev.minimalchat.gateway.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/// The files of the built page, read once at the start.
///
/// A request must not read them from the nested jar: its thread then holds the jar's lock, and a
/// virtual thread that waits for it while the JVM loads a class keeps its carrier thread. On two
/// cores, two of those ended every request of one in fourteen cold starts.
final class PageFiles {
  private static final String FOLDER = "/page/";
  private static final String INDEX = "index.html";
  private static final String SERVICE_WORKER = "sw.js";
  private static final Pattern DISCLOSURE =
      Pattern.compile("(<p id=\"disclosure\"[^>]*>)[^<]*(</p>)", Pattern.CASE_INSENSITIVE);
  private static final Pattern VERSION = Pattern.compile("minimal-chatbot-[0-9a-f]{12}");

  /// By path, with the extension of an encoding.
  private final Map<String, PageFile> files = new HashMap<>();

  /// Reads all files. The disclosure, unless it is empty, is written into `index.html`, so that it
  /// is there at the first paint, and into the version of the service worker, which caches that
  /// file.
  static PageFiles read(String disclosure) {
    PageFiles files = new PageFiles();
    try {
      for (Resource file :
          new PathMatchingResourcePatternResolver().getResources("classpath*:page/**")) {
        String url = file.getURL().toString();
        if (!url.endsWith("/") && file.isReadable()) {
          String path = url.substring(url.lastIndexOf(FOLDER) + FOLDER.length());
          files.add(path, file.getContentAsByteArray());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!disclosure.isEmpty()) {
      files.edit(INDEX, html -> withDisclosure(html, disclosure));
      String version = new PageFile("", null, disclosure.getBytes(StandardCharsets.UTF_8)).etag();
      files.edit(
          SERVICE_WORKER,
          script -> VERSION.matcher(script).replaceAll("$0-" + version.substring(0, 8)));
    }
    return files;
  }

  /// The file in the best encoding that the browser accepts; null if there is none.
  ///
  /// @param acceptEncoding the header of the request
  @Nullable PageFile find(String path, @Nullable String acceptEncoding) {
    List<String> accepted =
        Arrays.stream(acceptEncoding == null ? new String[0] : acceptEncoding.split(",", -1))
            .map(coding -> coding.split(";", -1)[0].trim())
            .toList();
    for (PageFile.Encoding encoding : PageFile.ENCODINGS) {
      PageFile encoded = files.get(path + encoding.extension());
      if (encoded != null && accepted.contains(encoding.name())) {
        return encoded;
      }
    }
    return files.get(path);
  }

  static String withDisclosure(String html, String disclosure) {
    String text = Matcher.quoteReplacement(escape(disclosure));
    return DISCLOSURE.matcher(html).replaceFirst("$1" + text + "$2");
  }

  private void add(String path, byte[] content) {
    PageFile file = new PageFile(path, null, content);
    for (PageFile.Encoding encoding : PageFile.ENCODINGS) {
      if (path.endsWith(encoding.extension())) {
        String decoded = path.substring(0, path.length() - encoding.extension().length());
        file = new PageFile(decoded, encoding, content);
      }
    }
    files.put(path, file);
  }

  /// The edited file exists as it is and with gzip only, because the JDK has no brotli.
  private void edit(String path, UnaryOperator<String> edit) {
    PageFile built = files.get(path);
    if (built == null) {
      return;
    }
    String text = edit.apply(new String(built.getByteArray(), StandardCharsets.UTF_8));
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    files.remove(path + ".br");
    add(path, content);
    add(path + ".gz", gzipped(content));
  }

  private static byte[] gzipped(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// The same characters as in the static build.
  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
