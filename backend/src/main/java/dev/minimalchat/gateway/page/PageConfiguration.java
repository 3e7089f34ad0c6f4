package dev.minimalchat.gateway.page;

import dev.minimalchat.gateway.access.AccessProperties;
import dev.minimalchat.gateway.upstream.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.util.DigestUtils;
import org.springframework.web.servlet.config.annotation.ResourceChainRegistration;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.servlet.resource.EncodedResourceResolver;

/// Serves the built page from its jar on the class path, and its `config.json`, unless `SERVE_PAGE`
/// is false. Read at start, not at build time, so that one image serves both cases.
@Configuration(proxyBeanMethods = false)
class PageConfiguration implements WebMvcConfigurer {
  /// Asset names contain a content hash.
  private static final CacheControl IMMUTABLE =
      CacheControl.maxAge(Duration.ofDays(365)).immutable();

  private final PageProperties page;
  private final Map<URI, String> etags = new ConcurrentHashMap<>();

  PageConfiguration(PageProperties page) {
    this.page = page;
  }

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    if (!page.serve()) {
      return;
    }
    addFiles(registry, "/assets/**", "classpath:/page/assets/", IMMUTABLE.cachePublic());
    addFiles(registry, "/**", "classpath:/page/", CacheControl.noCache());
  }

  /// The build writes a brotli and a gzip version beside each file.
  private void addFiles(
      ResourceHandlerRegistry registry, String pattern, String location, CacheControl caching) {
    ResourceChainRegistration chain =
        registry
            .addResourceHandler(pattern)
            .addResourceLocations(location)
            .setCacheControl(caching)
            // Every build gives its files the same time, so only the content tells them apart.
            .setUseLastModified(false)
            .setEtagGenerator(this::etag)
            .resourceChain(true);
    if (!page.disclosure().isEmpty()) {
      chain.addResolver(new DisclosureResolver(page.disclosure()));
    }
    chain.addResolver(new EncodedResourceResolver());
  }

  /// The digest of the file's content, which for an encoded file is the encoded content.
  private String etag(Resource file) {
    try {
      return etags.computeIfAbsent(file.getURI(), _ -> digest(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(Resource file) {
    try (InputStream content = file.getInputStream()) {
      return DigestUtils.md5DigestAsHex(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
