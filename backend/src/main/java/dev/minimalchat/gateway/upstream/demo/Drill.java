package dev.minimalchat.gateway.upstream.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The ways in which a provider can fail or be strange, each to be had for the asking: the message
/// `/drill NAME` gets it. What the page makes of it is not decided here.
enum Drill {
  TIMEOUT("takes the question and says nothing at all", new Answer.Silence()),
  IDLE("begins, then says nothing more", begins(Step.silence(), new Step.Cut())),
  SILENT(
      "begins, is silent for 25 seconds, then goes on to the end",
      begins(new Step.Pause(Duration.ofSeconds(25)), closing(), new Step.Completed())),
  SLOW("says one word a second", paced(Duration.ofSeconds(1), text("slow.md"))),
  BURST("says 2,000 words without a pause", paced(Duration.ZERO, words(2000))),
  COMMENTS(
      "puts comments between the events, as some servers do",
      Answer.Streamed.of(
          new Step.Comment("keep-alive"),
          Step.thought(),
          opening(),
          new Step.Comment("keep-alive"),
          new Step.Comment(""),
          closing(),
          new Step.Comment("almost done"),
          new Step.Completed())),
  REASONING(
      "thinks aloud for five seconds, which must stay unheard, then answers",
      Answer.Streamed.of(
          new Step.Say(Content.SUMMARY, text("reasoning.md"), Duration.ofMillis(100)),
          Step.words(text("reasoned.md")),
          new Step.Completed())),
  REFUSAL(
      "declines to answer",
      Answer.Streamed.of(
          Step.thought(),
          new Step.Say(Content.REFUSAL, text("refusal.md"), Duration.ofMillis(20)),
          new Step.Completed())),
  INCOMPLETE("runs out of output tokens", begins(new Step.Incomplete("max_output_tokens"))),
  FILTER("is stopped by a content filter", begins(new Step.Incomplete("content_filter"))),
  CUT("begins, then the connection breaks", begins(new Step.Cut())),
  EOF("begins, then ends without saying that it has ended", begins()),
  LATE(
      "begins, then reports an error",
      begins(new Step.Fault("server_error", "The drill asks for an error in mid-answer."))),
  QUOTA(
      "agrees with a 200, then reports that the quota is spent",
      Answer.Streamed.of(
          new Step.Fault("insufficient_quota", "The drill asks for a quota that is spent."),
          new Step.Failed("insufficient_quota", "The drill asks for a quota that is spent."))),
  RATE(
      "429: too many requests, come back in a minute",
      declined(429, "requests", "rate_limit_exceeded", Duration.ofMinutes(1))),
  OVERLOADED(
      "503: the servers are overloaded, come back in a minute",
      declined(503, "service_unavailable_error", "server_is_overloaded", Duration.ofMinutes(1))),
  KEY("401: the key is wrong", wrongKey()),
  LONG(
      "400: the conversation is too long for the model; also `/drill context`",
      declined(400, "invalid_request_error", "context_length_exceeded", null)),
  ERROR("500: something broke", declined(500, "server_error", "server_error", null)),
  HTML("200 with a web page where the answer should be", new Answer.Page(text("page.html")));

  private static final Pattern COMMAND =
      Pattern.compile("/drill\\b\\s*(\\S*)", Pattern.CASE_INSENSITIVE);

  private final String description;

  // Immutable, though it cannot be proved: its lists are copies.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Answer answer;

  Drill(String description, Answer answer) {
    this.description = description;
    this.answer = answer;
  }

  /// What the drill looks like from outside, for the list.
  String description() {
    return description;
  }

  /// As it is written after `/drill`.
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  Answer answer() {
    return answer;
  }

  /// What a message asks for, if it asks for a drill.
  ///
  /// @param message a user's message
  /// @return nothing if the message asks for no drill; the list if it asks for none that exists
  static Optional<Answer> answering(String message) {
    Matcher command = COMMAND.matcher(message.strip());
    return command.lookingAt() ? Optional.of(named(command.group(1))) : Optional.empty();
  }

  /// What a provider says to a key it does not know.
  static Answer.Declined wrongKey() {
    return declined(401, "invalid_request_error", "invalid_api_key", null);
  }

  private static Answer named(String name) {
    String asked = name.toLowerCase(Locale.ROOT);
    String key = asked.equals("context") ? LONG.key() : asked;
    return Arrays.stream(values())
        .filter(drill -> drill.key().equals(key))
        .map(Drill::answer)
        .findFirst()
        .orElseGet(() -> Answer.Streamed.saying(list(asked)));
  }

  private static String list(String asked) {
    boolean help = asked.isEmpty() || asked.equals("help");
    String unknown = help ? "" : text("unknown.md") + "\n\n";
    return Arrays.stream(values())
        .map(drill -> "- `/drill " + drill.key() + "`: " + drill.description())
        .collect(Collectors.joining("\n", unknown + text("list.md") + "\n\n", "\n"));
  }

  private static Answer begins(Step... then) {
    List<Step> steps = new ArrayList<>(List.of(Step.thought(), opening()));
    Collections.addAll(steps, then);
    return new Answer.Streamed(steps);
  }

  private static Answer paced(Duration each, String text) {
    return Answer.Streamed.of(new Step.Say(Content.TEXT, text, each), new Step.Completed());
  }

  private static Answer.Declined declined(
      int status, String type, String code, @Nullable Duration retryAfter) {
    return new Answer.Declined(
        status, type, code, null, "The drill asks for " + code + ".", retryAfter);
  }

  private static Step opening() {
    return Step.words(text("opening.md") + "\n\n");
  }

  private static Step closing() {
    return Step.words(text("closing.md"));
  }

  private static String words(int count) {
    String[] words = Texts.read("eliza.md").split("(?<=\\s)(?=\\S)", -1);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(words[i % words.length]);
      text.append(i % words.length == words.length - 1 ? "\n\n" : "");
    }
    return text.toString().strip();
  }

  private static String text(String name) {
    return Texts.read("drill/" + name);
  }
}
