package dev.minimalchat.gateway.usage;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.minimalchat.gateway.timeouts.FakeScheduler;
import dev.minimalchat.gateway.upstream.Message;
import dev.minimalchat.gateway.upstream.Provider;
import dev.minimalchat.gateway.upstream.Role;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.StandardEnvironment;

/// A real [UsageRecorder] whose log lines a test can read.
public final class UsageLines implements AutoCloseable {
  private final Logger logger = (Logger) LoggerFactory.getLogger("usage");
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

  public UsageLines() {
    appender.start();
    logger.addAppender(appender);
  }

  public ChatUsage start() {
    return start(unlimited());
  }

  ChatUsage start(DailyTokenBudget budget) {
    Provider provider = new Provider("custom", URI.create("http://localhost/v1"), "key", "model");
    Traces untraced = new Traces(new Telemetry(new StandardEnvironment()), provider);
    UpstreamRequest request =
        new UpstreamRequest("r-1", List.of(new Message(Role.USER, "Ten letter")));
    return new UsageRecorder(
            new SimpleMeterRegistry(), Clock.systemUTC(), provider, untraced, budget)
        .start(request);
  }

  private static DailyTokenBudget unlimited() {
    return new DailyTokenBudget(
        new BudgetProperties(null, null),
        new SimpleMeterRegistry(),
        Clock.systemUTC(),
        new FakeScheduler());
  }

  /// The fields of each usage line so far.
  public List<Map<String, Object>> lines() {
    return List.copyOf(appender.list).stream().map(UsageLines::fields).toList();
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
  }

  private static Map<String, Object> fields(ILoggingEvent line) {
    return line.getKeyValuePairs().stream()
        .collect(Collectors.toMap(pair -> pair.key, pair -> pair.value));
  }
}
