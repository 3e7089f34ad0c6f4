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
  private final SharedAnswers shared;
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
      SharedAnswers shared,
      MeterRegistry meters) {
    this.settings = settings;
    this.memory = memory;
    this.timers = timers;
    this.shared = shared;
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
    if (running != null) {
      return Optional.of(joined(running, bodyHash));
    }
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
            (removed, isRejected) -> onRemove(key, removed, isRejected));
    running = answers.putIfAbsent(key.hash(), added);
    if (running == null) {
      return share(key, bodyHash, added);
    }
    part.close();
    return Optional.of(joined(running, bodyHash));
  }

  /// An answer that is running, or has ended not long ago.
  public Optional<AnswerSource> find(ResumeKey key) {
    StoredAnswer answer = answers.get(key.hash());
    return answer == null && settings.isEnabled() ? shared.find(key) : Optional.ofNullable(answer);
  }

  /// Ends the answer, also one whose request is still on its way.
  public void cancel(ResumeKey key) {
    StoredAnswer answer = answers.get(key.hash());
    if (answer != null) {
      answer.cancel();
    } else if (settings.isEnabled()) {
      cancelled.put(key.hash(), true);
      shared.cancel(key);
    }
  }

  /// An answer that a request is for.
  ///
  /// @param answer to read; of this instance if it is new
  /// @param isNew whether this request has to start it
  public record Claim(AnswerSource answer, boolean isNew) {}

  private static Claim joined(StoredAnswer running, String bodyHash) {
    if (!running.isOf(bodyHash)) {
      throw conflict();
    }
    return new Claim(running, false);
  }

  private Optional<Claim> share(ResumeKey key, String bodyHash, StoredAnswer added) {
    SharedAnswers.Ownership ownership = shared.claim(key, bodyHash);
    if (ownership == SharedAnswers.Ownership.OWN) {
      shared.publish(key, bodyHash, added);
      return Optional.of(new Claim(added, true));
    }
    added.discard(new Failure(ErrorCode.OVERLOADED, "the answer is not given here"));
    return switch (ownership) {
      case OF_ANOTHER_REQUEST -> throw conflict();
      case OF_THE_SAME_REQUEST -> shared.find(key).map(answer -> new Claim(answer, false));
      case OWN, UNKNOWN -> Optional.empty();
    };
  }

  private void onRemove(ResumeKey key, StoredAnswer removed, boolean isRejected) {
    if (answers.remove(key.hash(), removed) && isRejected) {
      shared.release(key);
    }
  }

  private static Failure conflict() {
    return new Failure(ErrorCode.RESUME_CONFLICT, "the Resume-Key is of another request");
  }
}
