package dev.minimalchat.gateway.upstream.resilience;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.json.JsonText;
import dev.minimalchat.gateway.timeouts.FakeScheduler;
import dev.minimalchat.gateway.upstream.Message;
import dev.minimalchat.gateway.upstream.Role;
import dev.minimalchat.gateway.upstream.Upstream;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamFailure;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.timelimiter.TimeLimiter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A provider with scripted responses behind retry, timeouts and a circuit breaker.
abstract class ResilientUpstreamFixture {
  static final UpstreamEvent CREATED = new UpstreamEvent.Created("r", "m");
  static final UpstreamEvent TEXT = new UpstreamEvent.TextDelta("text");
  static final UpstreamEvent COMPLETED = new UpstreamEvent.Completed(null);

  static final Duration FIRST_EVENT = Duration.ofSeconds(30);
  static final Duration IDLE = Duration.ofSeconds(20);
  static final Duration TOTAL = Duration.ofMinutes(5);
  static final Duration OPEN = Duration.ofSeconds(10);

  final ScriptedUpstream provider = new ScriptedUpstream();
  final FakeScheduler timers = new FakeScheduler();
  final CircuitBreaker breaker = CircuitBreaker.of("provider", breakerConfig());
  final Upstream upstream = upstream(Duration.ofMillis(1));

  private int callers;

  /// A request of a new caller.
  UpstreamStream open() {
    return upstream.stream(request("caller-" + callers++));
  }

  static UpstreamRequest request(String caller) {
    return new UpstreamRequest("id", List.of(new Message(Role.USER, JsonText.of("Hello"))))
        .withCaller(caller);
  }

  static void readUntilText(UpstreamStream stream) {
    UpstreamEvent event;
    do {
      event = stream.next();
    } while (!event.equals(TEXT));
  }

  static Failure failureOf(UpstreamStream stream) {
    return catchThrowableOfType(
        Failure.class,
        () -> {
          while (true) {
            stream.next();
          }
        });
  }

  static CompletableFuture<Failure> failureLater(UpstreamStream stream) {
    CompletableFuture<Failure> failure = new CompletableFuture<>();
    Thread.startVirtualThread(() -> failure.complete(failureOf(stream)));
    return failure;
  }

  static Failure transientFailure(@Nullable Duration retryAfter) {
    return new UpstreamFailure(ErrorCode.OVERLOADED, true, "busy", retryAfter, null);
  }

  static Failure serverError() {
    return new UpstreamFailure(ErrorCode.PROVIDER_ERROR, true, "500", null, null).asServerError();
  }

  static Failure permanentFailure() {
    return new UpstreamFailure(ErrorCode.PROVIDER_ERROR, false, "bad key", null, null);
  }

  static Failure timeout() {
    return new Failure(ErrorCode.TIMEOUT, "timeout");
  }

  Upstream upstream(Duration backoff) {
    return upstream(provider, new FairCircuitBreaker(breaker, false), backoff);
  }

  Upstream upstream(Upstream client, CircuitBreaker breaker) {
    return upstream(client, new FairCircuitBreaker(breaker, false), Duration.ofMillis(1));
  }

  Upstream upstreamWithFallback() {
    return upstream(provider, new FairCircuitBreaker(breaker, true), Duration.ofMillis(1));
  }

  private Upstream upstream(Upstream client, FairCircuitBreaker breaker, Duration backoff) {
    return new ResilientUpstream(
        client, Retry.of("provider", retryConfig(backoff)), timeouts(), breaker);
  }

  TimeoutPolicy timeouts() {
    return new TimeoutPolicy(
        TimeLimiter.of(FIRST_EVENT), null, IDLE, TimeLimiter.of(TOTAL), timers);
  }

  private static RetryConfig retryConfig(Duration backoff) {
    var config = RetryConfig.<UpstreamEvent>custom().maxAttempts(3);
    ResilienceConfiguration.retryTransientFailures(IntervalFunction.of(backoff)).customize(config);
    return config.build();
  }

  private CircuitBreakerConfig breakerConfig() {
    var config =
        CircuitBreakerConfig.custom()
            .slidingWindowSize(20)
            .minimumNumberOfCalls(10)
            .failureRateThreshold(50)
            .waitDurationInOpenState(OPEN);
    new ResilienceConfiguration().countOutages(timers).customize(config);
    return config.build();
  }
}
