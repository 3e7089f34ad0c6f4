package dev.minimalchat.gateway.access;

import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.RejectingFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.web.servlet.HandlerExceptionResolver;

/// Rejects an encoded slash anywhere but in the id of a model, which OpenAI's SDKs encode. Tomcat
/// decodes it and Spring does not, so the two could read another path differently.
public class EncodedSlashFilter extends RejectingFilter {
  private static final String ENCODED_SLASH = "%2f";

  /// Without dot segments, encoded or not.
  private static final Pattern MODEL =
      Pattern.compile("/v1/models/(?!.*(\\.\\.|%2e))[\\w.:@+%-]+", Pattern.CASE_INSENSITIVE);

  EncodedSlashFilter(HandlerExceptionResolver handlerExceptionResolver) {
    super(handlerExceptionResolver);
  }

  @Override
  protected HttpServletRequest check(HttpServletRequest request, HttpServletResponse response) {
    String path = request.getRequestURI();
    if (path.toLowerCase(Locale.ROOT).contains(ENCODED_SLASH) && !MODEL.matcher(path).matches()) {
      throw Failure.invalidRequest("The path has an encoded slash.");
    }
    return request;
  }
}
