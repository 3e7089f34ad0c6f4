package dev.minimalchat.demo;

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

/// The failures and irregularities of providers that the demo can simulate. The message `/drill
/// NAME` selects one.
enum Drill {
  TIMEOUT("accepts the request and never answers", new Answer.NoResponse()),
  IDLE("begins, then sends nothing more", begins(Step.hang(), new Step.Disconnect())),
  SILENT(
      "begins, pauses for 25 seconds, then completes",
      begins(new Step.Pause(Duration.ofSeconds(25)), closing(), new Step.Completed())),
  SLOW("sends one word a second", paced(Duration.ofSeconds(1), text("slow.md"))),
  BURST("sends 2,000 words without a pause", paced(Duration.ZERO, words(2000))),
  COMMENTS(
      "sends comments between the events, as some servers do",
      Answer.Streamed.of(
          new Step.Comment("keep-alive"),
          Step.thinkingPause(),
          opening(),
          new Step.Comment("keep-alive"),
          new Step.Comment(""),
          closing(),
          new Step.Comment("almost done"),
          new Step.Completed())),
  REASONING(
      "sends five seconds of reasoning, then answers",
      Answer.Streamed.of(
          Step.reasoning(text("reasoning.md")),
          Step.text(text("reasoned.md")),
          new Step.Completed())),
  THINK(
      "writes its reasoning into the text, between `<think>` and `</think>`",
      Answer.Streamed.text("<think>\n" + text("think.md") + "\n</think>\n\n" + text("thought.md"))),
  SEARCH(
      "searches the web twice, then cites two pages",
      searched(SearchSteps.about("what a drill is"), SearchSteps.sources())),
  DOCUMENTS(
      "searches the operator's documents, then cites one",
      searched(
          List.of(new Step.FileSearch(Duration.ofSeconds(1))),
          List.of(new Step.Annotation(new Step.Document("handbook.pdf"), "")))),
  REFUSAL(
      "refuses to answer",
      Answer.Streamed.of(
          Step.thinkingPause(),
          new Step.Text(Content.REFUSAL, text("refusal.md"), Duration.ofMillis(20)),
          new Step.Completed())),
  INCOMPLETE("runs out of output tokens", begins(new Step.Incomplete("max_output_tokens"))),
  FILTER("is stopped by a content filter", begins(new Step.Incomplete("content_filter"))),
  CUT("begins, then the connection breaks", begins(new Step.Disconnect())),
  EOF("begins, then ends without a terminal event", begins()),
  LATE(
      "begins, then reports an error",
      begins(new Step.ErrorEvent("server_error", "This drill fails in the middle of the answer."))),
  QUOTA(
      "answers 200, then reports that the quota is exhausted",
      Answer.Streamed.of(
          new Step.ErrorEvent("insufficient_quota", "This drill reports an exhausted quota."),
          new Step.Failed("insufficient_quota", "This drill reports an exhausted quota."))),
  RATE(
      "429: too many requests, retry in a minute",
      error(429, "requests", "rate_limit_exceeded", Duration.ofMinutes(1))),
  OVERLOADED(
      "503: the servers are overloaded, retry in a minute",
      error(503, "service_unavailable_error", "server_is_overloaded", Duration.ofMinutes(1))),
  KEY("401: the key is wrong", wrongKey()),
  LONG(
      "400: the conversation is too long for the model; also `/drill context`",
      error(400, "invalid_request_error", "context_length_exceeded", null)),
  ERROR("500: internal error", error(500, "server_error", "server_error", null)),
  HTML("200 with a web page instead of an event stream", new Answer.HtmlPage(text("page.html")));

  private static final Pattern COMMAND =
      Pattern.compile("/drill\\b\\s*(\\S*)", Pattern.CASE_INSENSITIVE);

  private final String description;

  // Immutable: its lists are copies, which Error Prone cannot prove.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Answer answer;

  Drill(String description, Answer answer) {
    this.description = description;
    this.answer = answer;
  }

  /// What a client sees of the drill.
  String description() {
    return description;
  }

  /// The word after `/drill`.
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  Answer answer() {
    return answer;
  }

  /// The answer to a message that starts with `/drill`, and empty for all others. An unknown name
  /// gets the list of drills.
  static Optional<Answer> answering(String message) {
    Matcher command = COMMAND.matcher(message.strip());
    return command.lookingAt() ? Optional.of(named(command.group(1))) : Optional.empty();
  }

  /// The response to an unknown API key.
  static Answer.ErrorResponse wrongKey() {
    return error(401, "invalid_request_error", "invalid_api_key", null);
  }

  private static Answer named(String name) {
    String requested = name.toLowerCase(Locale.ROOT);
    String key = requested.equals("context") ? LONG.key() : requested;
    return Arrays.stream(values())
        .filter(drill -> drill.key().equals(key))
        .map(Drill::answer)
        .findFirst()
        .orElseGet(() -> Answer.Streamed.text(list(requested)));
  }

  private static String list(String requested) {
    boolean help = requested.isEmpty() || requested.equals("help");
    String unknown = help ? "" : text("unknown.md") + "\n\n";
    return Arrays.stream(values())
        .map(drill -> "- `/drill " + drill.key() + "`: " + drill.description())
        .collect(Collectors.joining("\n", unknown + text("list.md") + "\n\n", "\n"));
  }

  private static Answer begins(Step... continuation) {
    List<Step> steps = new ArrayList<>(List.of(Step.thinkingPause(), opening()));
    Collections.addAll(steps, continuation);
    return new Answer.Streamed(steps);
  }

  private static Answer searched(List<Step> searches, List<Step> sources) {
    List<Step> steps = new ArrayList<>(searches);
    steps.add(Step.text(text("searched.md")));
    steps.addAll(sources);
    steps.add(new Step.Completed());
    return new Answer.Streamed(steps);
  }

  private static Answer paced(Duration interval, String text) {
    return Answer.Streamed.of(new Step.Text(Content.TEXT, text, interval), new Step.Completed());
  }

  private static Answer.ErrorResponse error(
      int status, String type, String code, @Nullable Duration retryAfter) {
    return new Answer.ErrorResponse(
        status, type, code, null, "This drill answers " + code + ".", retryAfter);
  }

  private static Step opening() {
    return Step.text(text("opening.md") + "\n\n");
  }

  private static Step closing() {
    return Step.text(text("closing.md"));
  }

  private static String words(int count) {
    String[] words = Resources.read("journey.md").split("(?<=\\s)(?=\\S)", -1);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(words[i % words.length]);
      text.append(i % words.length == words.length - 1 ? "\n\n" : "");
    }
    return text.toString().strip();
  }

  private static String text(String name) {
    return Resources.read("drill/" + name);
  }
}
