package dev.minimalchat.gateway.usage;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.minimalchat.gateway.upstream.Provider;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.StandardEnvironment;

/// A real recorder whose lines the test can read.
public final class UsageLines implements AutoCloseable {
  private final Logger logger = (Logger) LoggerFactory.getLogger("usage");
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

  public UsageLines() {
    appender.start();
    logger.addAppender(appender);
  }

  public Account open() {
    Provider provider = new Provider("custom", URI.create("http://localhost/v1"), "key", "model");
    Traces untraced = new Traces(new Telemetry(new StandardEnvironment()), provider);
    return new UsageRecorder(new SimpleMeterRegistry(), Clock.systemUTC(), provider, untraced)
        .open();
  }

  /// The fields of each line so far.
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
