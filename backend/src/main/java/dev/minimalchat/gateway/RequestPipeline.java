package dev.minimalchat.gateway;

import dev.minimalchat.gateway.access.ApiClientFilter;
import dev.minimalchat.gateway.access.EncodedSlashFilter;
import dev.minimalchat.gateway.access.OriginFilter;
import dev.minimalchat.gateway.access.PageUserFilter;
import dev.minimalchat.gateway.access.TokenFilter;
import dev.minimalchat.gateway.errors.RequestIdFilter;
import dev.minimalchat.gateway.limits.RateLimitFilter;
import dev.minimalchat.gateway.limits.RequestBodyFilter;
import dev.minimalchat.gateway.page.ResponseHeadersFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterConfig;
import java.util.List;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.CompositeFilter;

/// The filters of every request, in this order: request id, response headers, origin, encoded
/// slashes, the program or user that sends it, rate, token, body size. Only then is the body read.
/// The rate comes before the token, so that guesses at the token count; preflights are answered at
/// the origin and do not.
@Configuration(proxyBeanMethods = false)
class RequestPipeline {
  private static final List<Class<? extends Filter>> FILTERS =
      List.of(
          RequestIdFilter.class,
          ResponseHeadersFilter.class,
          OriginFilter.class,
          EncodedSlashFilter.class,
          ApiClientFilter.class,
          PageUserFilter.class,
          RateLimitFilter.class,
          TokenFilter.class,
          RequestBodyFilter.class);

  /// After Spring's observation filter, so that rejected requests are in its metrics too.
  private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 2;

  /// The filters are not beans of their own, or Boot would register each of them once more.
  @Bean
  FilterRegistrationBean<CompositeFilter> requestFilters(AutowireCapableBeanFactory beans) {
    CompositeFilter pipeline = new Pipeline();
    pipeline.setFilters(FILTERS.stream().map(beans::createBean).toList());
    FilterRegistrationBean<CompositeFilter> registration = new FilterRegistrationBean<>(pipeline);
    registration.setOrder(ORDER);
    return registration;
  }

  private static final class Pipeline extends CompositeFilter {
    /// Keeps the filters' own names. Initialised with this filter's name, all of them would have
    /// the same one, and [org.springframework.web.filter.OncePerRequestFilter] would run only the
    /// first.
    @Override
    public void init(FilterConfig config) {}
  }
}
