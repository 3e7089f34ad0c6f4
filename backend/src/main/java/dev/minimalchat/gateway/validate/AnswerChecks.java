package dev.minimalchat.gateway.validate;

import static dev.minimalchat.gateway.validate.Check.require;

import dev.minimalchat.gateway.validate.Check.Skipped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Whether answers come, in pieces, and soon enough.
final class AnswerChecks {
  private static final String LONG = "Count from one to a hundred in words.";
  private static final String SHORT = "Reply with the word ready.";
  private static final int PROMPTS = 10;
  private static final int FEWEST_ARRIVALS = 5;
  private static final long TOO_QUICK_TO_TELL = 300; // milliseconds
  private static final long FIRST_TARGET = 2000;
  private static final long TOTAL_TARGET = 5000;

  private final Pair pair;
  private final Callable<String> token;
  private final @Nullable String previous;
  private final List<Answer> answers = new ArrayList<>();

  AnswerChecks(Pair pair, Callable<String> token, @Nullable String previous) {
    this.pair = pair;
    this.token = token;
    this.previous = previous;
  }

  List<Check> all() {
    return List.of(
        new Check("the first answer begins in time", this::first),
        new Check("the token of before is still let in", this::previous),
        new Check("the text comes as it is written, not at the end", this::streaming),
        new Check("ten short prompts are answered in time", this::prompts));
  }

  /// The ten prompts' answers.
  List<Answer> answers() {
    return answers;
  }

  private String first() throws Exception {
    Answer answer = pair.ask(SHORT, token.call());
    String type = Pair.header(answer.response(), "Content-Type");
    require(type.startsWith("text/event-stream"), "Content-Type is “" + type + "”");
    String cache = Pair.header(answer.response(), "Cache-Control");
    require(
        cache.contains("no-store") && cache.contains("no-transform"),
        "Cache-Control is “" + cache + "”");
    require(!Pair.header(answer.response(), "X-Request-Id").isEmpty(), "there is no X-Request-Id");
    long first = answer.firstText();
    require(first <= FIRST_TARGET, first + " ms, the target is " + FIRST_TARGET);
    return first + " ms to the first text";
  }

  private String previous() throws Exception {
    if (previous == null) {
      throw new Skipped("no --previous-token was given");
    }
    return pair.ask(SHORT, previous).firstText() + " ms to the first text";
  }

  private String streaming() throws Exception {
    Answer answer = pair.ask(LONG, token.call());
    long arrivals = answer.arrivals();
    String seen =
        "%d pieces at %d different moments, from %d ms to %d ms"
            .formatted(answer.texts().size(), arrivals, answer.firstText(), answer.total());
    if (arrivals < FEWEST_ARRIVALS && answer.total() < TOO_QUICK_TO_TELL) {
      throw new Skipped("too quick to tell: " + seen);
    }
    require(arrivals >= FEWEST_ARRIVALS, "something holds the text back: " + seen);
    return seen;
  }

  private String prompts() throws Exception {
    for (int i = 0; i < PROMPTS; i++) {
      answers.add(pair.ask(SHORT, token.call()));
    }
    Spread first = Spread.of(answers.stream().map(Answer::firstText).toList());
    Spread total = Spread.of(answers.stream().map(Answer::total).toList());
    String seen = "first text " + first + ", total " + total;
    require(total.p95() <= TOTAL_TARGET, seen + "; the target for P95 is " + TOTAL_TARGET + " ms");
    return seen;
  }

  /// Of some times, in milliseconds.
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
