package dev.minimalchat.gateway.page;

import java.time.Duration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistration;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.EncodedResourceResolver;

/// Serves the built page from its jar on the class path, unless `SERVE_PAGE` is false. Read at
/// start, not at build time, so that one image serves both cases.
@Configuration(proxyBeanMethods = false)
class PageConfiguration implements WebMvcConfigurer {
  private static final String PAGE = "classpath:/page/";

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
    compressed(
        registry
            .addResourceHandler("/assets/**")
            .addResourceLocations(PAGE + "assets/")
            .setCacheControl(IMMUTABLE.cachePublic()));
    compressed(
        registry
            .addResourceHandler("/**")
            .addResourceLocations(PAGE)
            .setCacheControl(CacheControl.noCache()));
  }

  /// The build writes a brotli and a gzip version beside each file.
  private static void compressed(ResourceHandlerRegistration files) {
    files.resourceChain(true).addResolver(new EncodedResourceResolver());
  }

  @Override
  public void addViewControllers(ViewControllerRegistry registry) {
    if (page.serve()) {
      registry.addViewController("/").setViewName("forward:/index.html");
    }
  }
}
