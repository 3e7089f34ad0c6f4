package dev.minimalchat.gateway.page;

import dev.minimalchat.gateway.access.AccessProperties;
import dev.minimalchat.gateway.upstream.Provider;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/// Serves the built page from its jar on the class path, and its `config.json`, unless `SERVE_PAGE`
/// is false. Read at start, not at build time, so that one image serves both cases.
@Configuration(proxyBeanMethods = false)
class PageConfiguration implements WebMvcConfigurer {
  /// Asset names contain a content hash.
  private static final CacheControl IMMUTABLE =
      CacheControl.maxAge(Duration.ofDays(365)).immutable();

  private final PageProperties page;

  PageConfiguration(PageProperties page) {
    this.page = page;
  }

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    if (!page.serve()) {
      return;
    }
    PageFiles files = PageFiles.read(page.disclosure());
    addFiles(registry, "/assets/**", files, "assets/", IMMUTABLE.cachePublic());
    addFiles(registry, "/**", files, "", CacheControl.noCache());
  }

  private static void addFiles(
      ResourceHandlerRegistry registry,
      String pattern,
      PageFiles files,
      String folder,
      CacheControl caching) {
    registry
        .addResourceHandler(pattern)
        .addResourceLocations("classpath:/page/" + folder)
        .setCacheControl(caching)
        .setUseLastModified(false)
        .setEtagGenerator(file -> ((PageFile) file).etag())
        .resourceChain(false)
        .addResolver(new PageFileResolver(files, folder));
  }

  @Override
  public void addViewControllers(ViewControllerRegistry registry) {
    if (page.serve()) {
      registry.addViewController("/").setViewName("forward:/index.html");
    }
  }

  /// Tells the page that the gateway has the same origin. The static build writes the same file.
  @Bean
  RouterFunction<ServerResponse> config(AccessProperties access, Provider provider) {
    var config = new PageConfig("", access.token(), provider.model(), provider.isDemo());
    return RouterFunctions.route(
        RequestPredicates.path("/config.json")
            .and(RequestPredicates.methods(HttpMethod.GET, HttpMethod.HEAD))
            .and(_ -> page.serve()),
        _ -> ServerResponse.ok().cacheControl(CacheControl.noStore()).body(config));
  }

  record PageConfig(String gatewayUrl, String gatewayToken, String model, boolean demo) {}
}
