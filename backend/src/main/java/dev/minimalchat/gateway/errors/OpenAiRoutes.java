package dev.minimalchat.gateway.errors;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/// The routes in the shapes of OpenAI's API, which programs use. Their errors have more fields, and
/// their tokens are others. Paths are parsed as for the controllers.
public final class OpenAiRoutes {
  private static final String OF_PROGRAM = OpenAiRoutes.class.getName();
  private static final PathPattern API = pattern("/v1/**");
  private static final PathPattern PAGE = pattern("/v1/chat/**");
  private static final PathPattern MODELS = pattern("/v1/models/**");
  private static final List<PathPattern> ROUTES =
      Stream.concat(
              Stream.of("/v1/responses/**", "/v1/chat/completions/**").map(OpenAiRoutes::pattern),
              Stream.of(MODELS))
          .toList();

  private OpenAiRoutes() {}

  public static boolean matches(HttpServletRequest request) {
    return matches(path(request)) || request.getAttribute(OF_PROGRAM) != null;
  }

  /// Whether it is a route of OpenAI's API that this gateway does not have, or a mistyped one.
  public static boolean isUnknown(HttpServletRequest request) {
    PathContainer path = path(request);
    return API.matches(path) && !PAGE.matches(path) && !matches(path);
  }

  /// Marks the request of a program, which reads the fields of OpenAI's errors on unknown routes
  /// too.
  public static void markProgram(HttpServletRequest request) {
    request.setAttribute(OF_PROGRAM, true);
  }

  private static boolean matches(PathContainer path) {
    return ROUTES.stream().anyMatch(route -> route.matches(path));
  }

  /// Whether it is the list of models, or one of them, which the page may read too.
  public static boolean isModels(HttpServletRequest request) {
    return MODELS.matches(path(request));
  }

  private static PathContainer path(HttpServletRequest request) {
    return ServletRequestPathUtils.parse(request).pathWithinApplication();
  }

  private static PathPattern pattern(String path) {
    return PathPatternParser.defaultInstance.parse(path);
  }
}
