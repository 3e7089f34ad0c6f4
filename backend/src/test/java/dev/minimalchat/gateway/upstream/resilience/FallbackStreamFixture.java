package dev.minimalchat.gateway.upstream.resilience;

import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.Upstream;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Created;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.upstream.UpstreamFailure;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import dev.minimalchat.gateway.upstream.Usage;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Two providers with scripted responses, each behind its own retries and breaker.
abstract class FallbackStreamFixture extends ResilientUpstreamFixture {

  static final String MODEL = "fallback-model";
  static final Created FALLBACK_CREATED = new Created("r2", "m2");
  static final TextDelta OTHER_TEXT = new TextDelta("other");
  static final UpstreamEvent THOUGHT = new UpstreamEvent.ReasoningSummary(0, "Hm");
  static final Usage USAGE = new Usage(1, 0, 2, 0, 3);
  static final UpstreamEvent EMPTY = new UpstreamEvent.Incomplete("no_output", USAGE);

  final ScriptedUpstream fallback = new ScriptedUpstream();
  final CircuitBreaker fallbackBreaker =
      CircuitBreaker.of("fallback", breaker.getCircuitBreakerConfig());
  final Upstream providers =
      new FallbackUpstream(
          upstreamWithFallback(), upstream(fallback, fallbackBreaker), MODEL, TOTAL, timers);

  UpstreamStream answer(boolean mayRestart) {
    return providers.stream(request("caller").withRestart(mayRestart));
  }

  static List<UpstreamEvent> read(UpstreamStream stream) {
    List<UpstreamEvent> events = new ArrayList<>();
    do {
      events.add(stream.next());
    } while (!events.getLast().isTerminal());
    return events;
  }

  static Failure failureOf(UpstreamStream stream, List<UpstreamEvent> events) {
    try {
      while (true) {
        events.add(stream.next());
      }
    } catch (Failure failure) {
      return failure;
    }
  }

  static @Nullable Usage usage(@Nullable Failure failure) {
    return failure instanceof UpstreamFailure upstream ? upstream.usage() : null;
  }
}
