package dev.minimalchat.gateway.page;

import dev.minimalchat.gateway.access.AccessProperties;
import dev.minimalchat.gateway.upstream.Provider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/// `GET /config.json`: tells the page that the gateway has the same origin. The static build writes
/// the same file.
@Configuration(proxyBeanMethods = false)
class PageConfigRoute {
  @Bean
  RouterFunction<ServerResponse> config(
      PageProperties page, AccessProperties access, Provider provider) {
    boolean demo = provider.isDemo();
    var config = new PageConfig("", access.token(), provider.model(), demo);
    return RouterFunctions.route(
        RequestPredicates.GET("/config.json").and(_ -> page.serve()),
        _ -> ServerResponse.ok().cacheControl(CacheControl.noStore()).body(config));
  }

  record PageConfig(String gatewayUrl, String gatewayToken, String model, boolean demo) {}
}
