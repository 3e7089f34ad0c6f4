package dev.minimalchat.gateway.resume;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.memory.MemoryBudget;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;

/// The answers of this instance that outlive their connections, found by the client's key.
@Component
public class ResumableAnswers {
  /// A request that is still on its way when its answer is cancelled.
  private static final Duration CANCELLED_KEY_EXPIRY = Duration.ofSeconds(30);

  private static final int MAX_CANCELLED_KEYS = 10_000;

  private final ResumeProperties settings;
  private final MemoryBudget memory;
  private final ThreadPoolTaskScheduler timers;
  private final Map<String, StoredAnswer> answers = new ConcurrentHashMap<>();
  private final Cache<String, Boolean> cancelled =
      Caffeine.newBuilder()
          .maximumSize(MAX_CANCELLED_KEYS)
          .expireAfterWrite(CANCELLED_KEY_EXPIRY)
          .build();
  private final AtomicLong usedBytes = new AtomicLong();

  ResumableAnswers(
      ResumeProperties settings,
      MemoryBudget memory,
      ThreadPoolTaskScheduler timers,
      MeterRegistry meters) {
    this.settings = settings;
    this.memory = memory;
    this.timers = timers;
    meters.gaugeMapSize("gateway.resume.answers", Tags.empty(), answers);
    Gauge.builder("gateway.resume.memory", usedBytes, AtomicLong::doubleValue)
        .baseUnit("bytes")
        .description("The text of the answers that can be resumed")
        .register(meters);
  }

  /// Starts an answer, or finds the one that the same request has started before.
  ///
  /// @param key of the answer
  /// @param bodyHash of the request
  /// @param requestId of the request
  /// @param responseId of the response until the provider sends one
  /// @param model of the response until the provider sends one
  /// @return empty if the feature is off or there is no memory, so that the answer cannot be
  ///   resumed
  /// @throws Failure RESUME_CONFLICT if the key is of another request, or was cancelled
  public Optional<Claim> claim(
      ResumeKey key, String bodyHash, String requestId, String responseId, String model) {
    if (!settings.isEnabled()) {
      return Optional.empty();
    }
    if (cancelled.getIfPresent(key.hash()) != null) {
      throw new Failure(ErrorCode.RESUME_CONFLICT, "cancelled before it has arrived");
    }
    StoredAnswer running = answers.get(key.hash());
    if (running == null) {
      AnswerMemory part = new AnswerMemory(usedBytes, settings.memoryBytes(), memory.reserve(0));
      AnswerText text = new AnswerText(responseId, model);
      if (!part.resize(text.bytes())) {
        return Optional.empty();
      }
      StoredAnswer added =
          new StoredAnswer(
              text,
              part,
              bodyHash,
              requestId,
              settings,
              timers,
              removed -> answers.remove(key.hash(), removed));
      running = answers.putIfAbsent(key.hash(), added);
      if (running == null) {
        return Optional.of(new Claim(added, true));
      }
      part.close();
    }
    if (!running.isOf(bodyHash)) {
      throw new Failure(ErrorCode.RESUME_CONFLICT, "the Resume-Key is of another request");
    }
    return Optional.of(new Claim(running, false));
  }

  /// An answer that is running, or has ended not long ago.
  public Optional<AnswerSource> find(ResumeKey key) {
    return Optional.ofNullable(answers.get(key.hash()));
  }

  /// Ends the answer, also one whose request is still on its way.
  public void cancel(ResumeKey key) {
    StoredAnswer answer = answers.get(key.hash());
    if (answer == null && settings.isEnabled()) {
      cancelled.put(key.hash(), true);
    }
    if (answer != null) {
      answer.cancel();
    }
  }

  /// An answer that a request is for.
  ///
  /// @param isNew whether this request has to start it
  public record Claim(StoredAnswer answer, boolean isNew) {}
}
