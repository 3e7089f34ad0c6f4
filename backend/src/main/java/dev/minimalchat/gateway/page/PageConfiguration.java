package dev.minimalchat.gateway.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.minimalchat.gateway.access.AccessProperties;
import dev.minimalchat.gateway.upstream.Authority;
import dev.minimalchat.gateway.upstream.FallbackProperties;
import dev.minimalchat.gateway.upstream.Provider;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
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
/// is false. Decided at start, not at build time, so that one image serves both cases.
@Configuration(proxyBeanMethods = false)
class PageConfiguration implements WebMvcConfigurer {
  /// Asset names contain a content hash.
  private static final CacheControl IMMUTABLE =
      CacheControl.maxAge(Duration.ofDays(365)).immutable();

  /// A domain name with a top level that is a word, so no address.
  private static final Pattern PUBLIC_HOST = Pattern.compile("(?:[^.]+\\.)+[a-z]{2,}");

  private final PageProperties page;
  private final ObjectProvider<PageFiles> files;

  /// @param files which need a bean of Spring MVC that this configures
  PageConfiguration(PageProperties page, ObjectProvider<PageFiles> files) {
    this.page = page;
    this.files = files;
  }

  /// Read at start, not at build time, so that one image serves every brand.
  @Bean
  PageFiles pageFiles(
      BrandProperties brand, Provider provider, FallbackProperties fallback, ObjectMapper json) {
    if (!page.serve()) {
      return new PageFiles();
    }
    PageFiles built = PageFiles.read();
    built.addBrand(brand, recipient(brand, provider, fallback), json);
    return built;
  }

  /// Who receives the messages; null if they do not leave the operator's network.
  private static @Nullable String recipient(
      BrandProperties brand, Provider provider, FallbackProperties fallback) {
    if (!brand.disclosureProvider().isEmpty()) {
      return brand.disclosureProvider();
    }
    String hosts =
        Stream.of(provider.base(), fallback.base())
            .filter(Objects::nonNull)
            .map(Authority::of)
            .filter(Objects::nonNull)
            .map(Authority::host)
            .filter(PageConfiguration::isPublic)
            .distinct()
            .collect(Collectors.joining(", "));
    return provider.isDemo() || hosts.isEmpty() ? null : hosts;
  }

  /// A name within a network of the operator says nothing to a visitor.
  private static boolean isPublic(String host) {
    return PUBLIC_HOST.matcher(host).matches() && !host.endsWith(".internal");
  }

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    if (!page.serve()) {
      return;
    }
    PageFiles read = files.getObject();
    addFiles(registry, "/assets/**", read, "assets/", IMMUTABLE.cachePublic());
    addFiles(registry, "/**", read, "", CacheControl.noCache());
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
    var config =
        new PageConfig(
            "", access.token(), provider.model(), provider.isDemo(), page.embedOrigins());
    return RouterFunctions.route(
        RequestPredicates.path("/config.json")
            .and(RequestPredicates.methods(HttpMethod.GET, HttpMethod.HEAD))
            .and(_ -> page.serve()),
        _ -> ServerResponse.ok().cacheControl(CacheControl.noStore()).body(config));
  }

  /// @param embedOrigins left out if there are none
  record PageConfig(
      String gatewayUrl,
      String gatewayToken,
      String model,
      boolean demo,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<String> embedOrigins) {}
}
