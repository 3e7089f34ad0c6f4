package dev.minimalchat.gateway.page;

import java.time.Duration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistration;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.EncodedResourceResolver;

/// Serves the built page, which is an ordinary jar on the class path, unless `SERVE_PAGE` says no:
/// asked when the gateway starts, not when Spring prepares the image.
@Configuration(proxyBeanMethods = false)
class PageConfiguration implements WebMvcConfigurer {
  private static final String PAGE = "classpath:/page/";

  /// The names of assets carry a hash of their content, so they never change.
  private static final CacheControl FOREVER = CacheControl.maxAge(Duration.ofDays(365)).immutable();

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
            .setCacheControl(FOREVER.cachePublic()));
    compressed(
        registry
            .addResourceHandler("/**")
            .addResourceLocations(PAGE)
            .setCacheControl(CacheControl.noCache()));
  }

  /// The build has put each file beside itself in brotli and gzip.
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
