package dev.minimalchat.demo;

import java.time.Duration;
import java.util.List;

/// The steps of a search of the web, which the demo only pretends to do. Its pages exist.
final class SearchSteps {
  private static final Duration DURATION = Duration.ofMillis(800);
  private static final int MAX_QUERY_CHARS = 80;

  /// As OpenAI marks the links of its searches.
  private static final String MARK = "?utm_source=openai";

  private static final Step.Page EVENTS =
      new Step.Page(
          "https://html.spec.whatwg.org/multipage/server-sent-events.html" + MARK,
          "HTML Standard: Server-sent events");
  private static final Step.Page THREADS =
      new Step.Page("https://openjdk.org/jeps/444" + MARK, "JEP 444: Virtual Threads");

  private SearchSteps() {}

  static List<Step> about(String message) {
    String line = message.strip().replaceAll("\\s+", " ");
    int end = Math.min(line.length(), MAX_QUERY_CHARS);
    boolean isInPair = end < line.length() && Character.isLowSurrogate(line.charAt(end));
    return List.of(
        new Step.WebSearch(line.substring(0, isInPair ? end - 1 : end), DURATION),
        new Step.WebSearch("server-sent events and virtual threads", DURATION));
  }

  /// A sentence with its sources, linked in the text and repeated as annotations.
  static List<Step> sources() {
    String events = link("html.spec.whatwg.org", EVENTS);
    String threads = link("openjdk.org", THREADS);
    return List.of(
        Step.text(
            "\n\nThe demo has no search engine. A real search cites its pages like this: events "),
        Step.text("arrive one by one " + events),
        new Step.Annotation(EVENTS, events),
        Step.text(", each on a thread of its own " + threads),
        new Step.Annotation(THREADS, threads),
        Step.text("."));
  }

  private static String link(String host, Step.Page page) {
    return "([" + host + "](" + page.url() + "))";
  }
}
