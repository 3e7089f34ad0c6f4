package dev.minimalchat.gateway.usage;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.minimalchat.gateway.timeouts.FakeScheduler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/// Captures the lines of the usage log.
public final class UsageLines implements AutoCloseable {
  private final Logger logger = (Logger) LoggerFactory.getLogger("usage");
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

  public UsageLines() {
    appender.start();
    logger.addAppender(appender);
  }

  /// Starts an answer with a real [UsageRecorder], without budget and tracing.
  public ChatUsage start() {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    FakeScheduler timers = new FakeScheduler();
    DailyTokenBudget budget = TestUsage.budget(null, meters, timers);
    return new UsageRecorder(
            meters, TestUsage.PROVIDER, TestUsage.SETTINGS, TestUsage.noTraces(), budget, timers)
        .start(TestUsage.aRequest(), TestUsage.PAGE);
  }

  /// The fields of each usage line so far.
  public List<Map<String, Object>> lines() {
    return List.copyOf(appender.list).stream().map(UsageLines::fields).toList();
  }

  /// The message of each usage line so far.
  List<String> messages() {
    return List.copyOf(appender.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
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
