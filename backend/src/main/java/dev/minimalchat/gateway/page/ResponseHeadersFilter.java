package dev.minimalchat.gateway.page;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.filter.OncePerRequestFilter;

/// The page's security headers. The Content Security Policy allows the built page's own inline
/// scripts by their hashes, and no others.
public class ResponseHeadersFilter extends OncePerRequestFilter {
  private static final Pattern INLINE_SCRIPT =
      Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);

  private final PageProperties page;
  private final Map<String, String> headers;

  ResponseHeadersFilter(PageProperties page) throws IOException, NoSuchAlgorithmException {
    this.page = page;
    ClassPathResource index = new ClassPathResource("page/index.html");
    String html = index.exists() ? index.getContentAsString(StandardCharsets.UTF_8) : "";
    this.headers =
        Map.of(
            "Content-Security-Policy", policy(html),
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

  static String policy(String html) throws NoSuchAlgorithmException {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    String hashes =
        INLINE_SCRIPT
            .matcher(html)
            .results()
            .map(script -> sha256.digest(script.group(1).getBytes(StandardCharsets.UTF_8)))
            .map(hash -> " 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'")
            .collect(Collectors.joining());
    return "default-src 'none'; script-src 'self'"
        + hashes
        + "; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:;"
        + " manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none';"
        + " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types app";
  }
}
