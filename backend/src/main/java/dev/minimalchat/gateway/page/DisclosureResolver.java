package dev.minimalchat.gateway.page;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.util.DigestUtils;
import org.springframework.web.servlet.resource.ResourceResolver;
import org.springframework.web.servlet.resource.ResourceResolverChain;

/// Writes the operator's disclosure into `index.html`, so that it is there at the first paint, and
/// into the version of the service worker, which caches that file. Other files stay as they are
/// built.
final class DisclosureResolver implements ResourceResolver {
  private static final Pattern PLACE =
      Pattern.compile("(<p id=\"disclosure\"[^>]*>)[^<]*(</p>)", Pattern.CASE_INSENSITIVE);
  private static final Pattern VERSION = Pattern.compile("minimal-chatbot-[0-9a-f]{12}");

  private final Map<String, UnaryOperator<String>> edits;
  private final Map<String, GeneratedFile> files = new ConcurrentHashMap<>();

  DisclosureResolver(String disclosure) {
    String digest =
        DigestUtils.md5DigestAsHex(disclosure.getBytes(StandardCharsets.UTF_8)).substring(0, 8);
    this.edits =
        Map.of(
            "index.html", html -> withDisclosure(html, disclosure),
            "sw.js", script -> VERSION.matcher(script).replaceAll("$0-" + digest));
  }

  /// Not encoded by the build, because the content is not the build's.
  @Override
  public @Nullable Resource resolveResource(
      @Nullable HttpServletRequest request,
      String requestPath,
      List<? extends Resource> locations,
      ResourceResolverChain chain) {
    UnaryOperator<String> edit = edits.get(requestPath);
    if (edit == null) {
      return chain.resolveResource(request, requestPath, locations);
    }
    GeneratedFile file =
        files.computeIfAbsent(requestPath, name -> generate(name, locations, edit));
    return acceptsGzip(request) ? file.gzipped() : file;
  }

  @Override
  public @Nullable String resolveUrlPath(
      String resourcePath, List<? extends Resource> locations, ResourceResolverChain chain) {
    return chain.resolveUrlPath(resourcePath, locations);
  }

  static String withDisclosure(String html, String disclosure) {
    String text = Matcher.quoteReplacement(escape(disclosure));
    return PLACE.matcher(html).replaceFirst("$1" + text + "$2");
  }

  private static GeneratedFile generate(
      String name, List<? extends Resource> locations, UnaryOperator<String> edit) {
    try {
      Resource built = locations.getFirst().createRelative(name);
      return GeneratedFile.of(name, edit.apply(built.getContentAsString(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The same characters as in the static build.
  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static boolean acceptsGzip(@Nullable HttpServletRequest request) {
    String accepted = request == null ? null : request.getHeader(HttpHeaders.ACCEPT_ENCODING);
    return accepted != null && accepted.contains("gzip");
  }
}
