package dev.minimalchat.gateway.usage;

import dev.minimalchat.gateway.json.JsonText;
import dev.minimalchat.gateway.timeouts.FakeScheduler;
import dev.minimalchat.gateway.upstream.Message;
import dev.minimalchat.gateway.upstream.Provider;
import dev.minimalchat.gateway.upstream.ProviderSettings;
import dev.minimalchat.gateway.upstream.Role;
import dev.minimalchat.gateway.upstream.UpstreamProperties;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.StandardEnvironment;

/// Object mothers for the collaborators of a [UsageRecorder].
final class TestUsage {
  static final Provider PROVIDER =
      new Provider("custom", URI.create("http://localhost:8080/v1"), "key", "request-model");
  static final UpstreamProperties SETTINGS = ProviderSettings.defaults(PROVIDER.base());

  static final Caller PAGE = new Caller("POST /v1/chat", null, null);

  private TestUsage() {}

  /// A request of 10 characters.
  static UpstreamRequest aRequest() {
    return new UpstreamRequest("r-1", List.of(new Message(Role.USER, JsonText.of("Ten letter"))));
  }

  /// Tracing without an exporter.
  static Traces noTraces() {
    return new Traces(new Telemetry(new StandardEnvironment()), PROVIDER);
  }

  /// A budget that is not saved; unlimited if null.
  static DailyTokenBudget budget(
      @Nullable Long tokens, MeterRegistry meters, FakeScheduler scheduler) {
    return new DailyTokenBudget(
        new BudgetProperties(tokens, null),
        SharedTokenCount.NONE,
        meters,
        scheduler.computerClock(),
        scheduler);
  }
}
