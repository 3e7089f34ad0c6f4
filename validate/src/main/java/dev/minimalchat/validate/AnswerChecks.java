package dev.minimalchat.validate;

import static dev.minimalchat.validate.Check.require;

import dev.minimalchat.validate.Check.Skipped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Checks that answers arrive, as a stream, and within the time targets.
final class AnswerChecks {
  private static final String LONG_PROMPT = "Count from one to a hundred in words.";
  private static final String SHORT_PROMPT = "Reply with the word ready.";
  private static final int PROMPTS = 10;
  private static final long FIRST_TEXT_TARGET_MS = 2000;
  private static final long TOTAL_TARGET_MS = 5000;

  private final Deployment deployment;
  private final Callable<String> token;
  private final @Nullable String previousToken;
  private final List<StreamedAnswer> answers = new ArrayList<>();

  AnswerChecks(Deployment deployment, Callable<String> token, @Nullable String previousToken) {
    this.deployment = deployment;
    this.token = token;
    this.previousToken = previousToken;
  }

  List<Check> all() {
    return List.of(
        new Check("first token arrives in time", this::first),
        new Check("previous token is accepted", this::previous),
        new Check("answer is streamed incrementally", this::streaming),
        new Check("ten short prompts are answered in time", this::prompts));
  }

  /// The answers to the ten prompts.
  List<StreamedAnswer> answers() {
    return answers;
  }

  private String first() throws Exception {
    StreamedAnswer answer = deployment.ask(SHORT_PROMPT, token.call());
    String type = Deployment.header(answer.response(), "Content-Type");
    require(type.startsWith("text/event-stream"), "Content-Type is “" + type + "”");
    String cache = Deployment.header(answer.response(), "Cache-Control");
    require(
        cache.contains("no-store") && cache.contains("no-transform"),
        "Cache-Control is “" + cache + "”");
    require(
        !Deployment.header(answer.response(), "X-Request-Id").isEmpty(),
        "there is no X-Request-Id");
    long first = answer.firstText();
    require(first <= FIRST_TEXT_TARGET_MS, first + " ms, the target is " + FIRST_TEXT_TARGET_MS);
    return first + " ms to the first text";
  }

  private String previous() throws Exception {
    if (previousToken == null) {
      throw new Skipped("no --previous-token was given");
    }
    return deployment.ask(SHORT_PROMPT, previousToken).firstText() + " ms to the first text";
  }

  private String streaming() throws Exception {
    StreamedAnswer answer = deployment.askAsBrowser(LONG_PROMPT, token.call());
    if (answer.isHeldBack() && !answer.isTooQuick()) {
      // A pause of the network looks the same, but seldom twice.
      answer = deployment.askAsBrowser(LONG_PROMPT, token.call());
    }
    String summary =
        "%d pieces at %d different moments, from %d ms to %d ms"
            .formatted(answer.deltas().size(), answer.chunks(), answer.firstText(), answer.total());
    if (answer.isTooQuick()) {
      throw new Skipped("too quick to tell: " + summary);
    }
    require(!answer.isHeldBack(), "something holds the text back: " + summary);
    return summary;
  }

  private String prompts() throws Exception {
    for (int i = 0; i < PROMPTS; i++) {
      answers.add(deployment.ask(SHORT_PROMPT, token.call()));
    }
    Spread first = Spread.of(answers.stream().map(StreamedAnswer::firstText).toList());
    Spread total = Spread.of(answers.stream().map(StreamedAnswer::total).toList());
    String summary = "first text " + first + ", total " + total;
    require(
        total.p95() <= TOTAL_TARGET_MS,
        summary + "; the target for P95 is " + TOTAL_TARGET_MS + " ms");
    return summary;
  }

  /// The distribution of some times, in milliseconds.
  record Spread(long min, long median, long p95) {
    static Spread of(List<Long> times) {
      List<Long> sorted = times.stream().sorted().toList();
      int last = sorted.size() - 1;
      return new Spread(
          sorted.getFirst(), sorted.get(last / 2), sorted.get((int) Math.ceil(0.95 * last)));
    }

    @Override
    public String toString() {
      return "%d / %d / %d ms (min / median / P95)".formatted(min, median, p95);
    }
  }
}
