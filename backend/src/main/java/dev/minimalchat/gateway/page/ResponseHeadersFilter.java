package dev.minimalchat.gateway.page;

import dev.minimalchat.gateway.access.Sha256;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.web.filter.OncePerRequestFilter;

/// The page's security headers. The Content Security Policy allows the page's own inline scripts
/// and styles by their hashes, and no others, and the sites of `EMBED_ORIGINS` to frame it.
public class ResponseHeadersFilter extends OncePerRequestFilter {
  private static final Pattern INLINE_SCRIPT =
      Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);
  private static final Pattern INLINE_STYLE =
      Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL);

  private final PageProperties page;
  private final Map<String, String> headers;

  ResponseHeadersFilter(PageProperties page, PageFiles files) {
    this.page = page;
    this.headers =
        Map.of(
            "Content-Security-Policy", policy(files.index(), page.embedOrigins()),
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Permissions-Policy", "camera=(), microphone=(), geolocation=()",
            "Cross-Origin-Opener-Policy", "same-origin");
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !page.serve();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    headers.forEach(response::setHeader);
    chain.doFilter(request, response);
  }

  /// @param embedOrigins that may frame the page
  static String policy(String html, Set<String> embedOrigins) {
    return "default-src 'none'; script-src 'self'"
        + hashes(INLINE_SCRIPT, html)
        + "; style-src 'self'"
        + hashes(INLINE_STYLE, html)
        + "; connect-src 'self'; img-src 'self' data: blob:;"
        + " manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none';"
        + " frame-ancestors "
        + (embedOrigins.isEmpty() ? "'none'" : String.join(" ", embedOrigins))
        + "; require-trusted-types-for 'script'; trusted-types app";
  }

  private static String hashes(Pattern elements, String html) {
    return elements
        .matcher(html)
        .results()
        .map(element -> Base64.getEncoder().encodeToString(Sha256.digest(element.group(1))))
        .map(hash -> " 'sha256-" + hash + "'")
        .collect(Collectors.joining());
  }
}
