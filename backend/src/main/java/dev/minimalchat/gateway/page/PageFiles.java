package dev.minimalchat.gateway.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.minimalchat.gateway.access.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
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
  private static final String MANIFEST = "manifest.json";

  /// Of the build, for the gateway only.
  private static final String BRAND_TABLE = "brand.json";

  /// In the list of the files that the service worker caches.
  private static final String CACHED_ICON = "\"favicon.svg\"";

  /// Of the page, in the service worker.
  private static final String LANGUAGE = "\"language\":\"auto\"";

  private static final Pattern VERSION = Pattern.compile("minimal-chatbot-[0-9a-f]{12}");
  private static final int VERSION_CHARS = 8;

  /// By path, with the extension of an encoding.
  private final Map<String, PageFile> files = new HashMap<>();

  /// Reads all files.
  static PageFiles read() {
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
    return files;
  }

  /// Writes the brand into the page, so that it is there at the first paint, and into the version
  /// of the service worker, which caches the page. A page without a brand stays as it was built.
  ///
  /// @param provider who receives the messages; null if that is not said
  void addBrand(BrandProperties brand, @Nullable String provider, ObjectMapper json) {
    PageFile built = files.remove(BRAND_TABLE);
    if (built == null) {
      return;
    }
    BrandTable table = table(built, json).in(brand.language());
    BrandLogo logo = brand.logoImage();
    String html = table.html(brand, logo, provider);
    if (html.equals(text(INDEX))) {
      return;
    }
    String manifest = table.manifest(brand, logo);
    byte[] image = logo == null ? new byte[0] : logo.image().getByteArray();
    String script =
        serviceWorker(text(SERVICE_WORKER), version(html, manifest, image), logo, brand.language());
    replace(INDEX, html);
    replace(MANIFEST, manifest);
    replace(SERVICE_WORKER, script);
    if (logo != null) {
      add(logo.file(), image);
    }
  }

  /// The content of the page; empty if there is none.
  String index() {
    return text(INDEX);
  }

  static String serviceWorker(
      String script, String version, @Nullable BrandLogo logo, String language) {
    String versioned =
        VERSION
            .matcher(script)
            .replaceAll("$0-" + version)
            .replace(LANGUAGE, LANGUAGE.replace(BrandProperties.AUTOMATIC, language));
    return logo == null
        ? versioned
        : versioned.replace(CACHED_ICON, CACHED_ICON + ",\"" + logo.file() + "\"");
  }

  static String version(String html, String manifest, byte[] logo) {
    byte[] digest =
        Sha256.digest(
            html.getBytes(StandardCharsets.UTF_8), manifest.getBytes(StandardCharsets.UTF_8), logo);
    return HexFormat.of().formatHex(digest).substring(0, VERSION_CHARS);
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

  /// The replaced file exists as it is and with gzip only, because the JDK has no brotli.
  private void replace(String path, String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    files.remove(path + ".br");
    add(path, content);
    add(path + ".gz", gzipped(content));
  }

  private String text(String path) {
    PageFile file = files.get(path);
    return file == null ? "" : new String(file.getByteArray(), StandardCharsets.UTF_8);
  }

  private static BrandTable table(PageFile file, ObjectMapper json) {
    try {
      return json.readValue(file.getByteArray(), BrandTable.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
}
