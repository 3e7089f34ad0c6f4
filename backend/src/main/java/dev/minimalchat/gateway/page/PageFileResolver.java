package dev.minimalchat.gateway.page;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.resource.ResourceResolver;
import org.springframework.web.servlet.resource.ResourceResolverChain;

/// Finds the files of a folder of the page in memory.
///
/// @param folder ends with a slash, or is empty for the top
record PageFileResolver(PageFiles files, String folder) implements ResourceResolver {

  @Override
  public @Nullable Resource resolveResource(
      @Nullable HttpServletRequest request,
      String requestPath,
      List<? extends Resource> locations,
      ResourceResolverChain chain) {
    String accepted = request == null ? null : request.getHeader(HttpHeaders.ACCEPT_ENCODING);
    return files.find(folder + requestPath, accepted);
  }

  @Override
  public @Nullable String resolveUrlPath(
      String resourcePath, List<? extends Resource> locations, ResourceResolverChain chain) {
    return null;
  }
}
