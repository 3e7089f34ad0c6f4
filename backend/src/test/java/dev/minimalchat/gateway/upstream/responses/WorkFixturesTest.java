package dev.minimalchat.gateway.upstream.responses;

import static dev.minimalchat.gateway.upstream.responses.ProviderJson.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.Citation;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The reasoning, searches and sources of recorded streams.
class WorkFixturesTest {

  @TestFactory
  Stream<DynamicTest> relaysTheReasoningOfEveryFixture() {
    return StreamFixture.all()
        .map(fixture ->
            dynamicTest(
                fixture.name(),
                () -> {
                  List<UpstreamEvent> events = events(fixture);
                  assertThat(summary(events)).isEqualTo(fixture.join("reasoning_summary_text"));
                  assertThat(text(events)).isEqualTo(fixture.join("reasoning_text"));
                }));
  }

  @TestFactory
  Stream<DynamicTest> relaysTheSearchesAndSourcesOfTheRecordedSearch() {
    return StreamFixture.all()
        .filter(fixture -> fixture.name().equals("openai-file-citation-annotations.sse"))
        .map(fixture ->
            dynamicTest(
                fixture.name(),
                () ->
                    assertThat(events(fixture))
                        .filteredOn(UpstreamEvent::isWork)
                        .containsExactly(
                            new UpstreamEvent.WebSearch(0, null, null),
                            new UpstreamEvent.WebSearch(
                                0,
                                "tallest mountain in Alberta highest peak Alberta Mount Columbia elevation",
                                null),
                            new UpstreamEvent.WebSearch(1, null, null),
                            new UpstreamEvent.WebSearch(
                                1,
                                "Mount Columbia highest point in Alberta 3747 m highest mountain in Alberta",
                                null),
                            new UpstreamEvent.Annotation(
                                new Citation.Url(
                                    "https://www.britannica.com/place/Mount-Columbia?utm_source=openai",
                                    "Mount Columbia | mountain, Alberta, Canada | Britannica")))));
  }

  private static List<UpstreamEvent> events(StreamFixture fixture) throws IOException {
    EventMapper mapper = EventMappers.ofPage(API_KEY);
    SseReader reader = SseReaders.reader(new ByteArrayInputStream(fixture.bytes()), 1 << 20);
    List<UpstreamEvent> events = new ArrayList<>();
    ServerSentEvent event = SseReaders.nextEvent(reader);
    try {
      while (event != null && !event.isDone()) {
        events.addAll(mapper.map(event));
        event = SseReaders.nextEvent(reader);
      }
    } catch (Failure _) {
      // The fixture ends with an error.
    }
    return events;
  }

  private static String summary(List<UpstreamEvent> events) {
    StringBuilder text = new StringBuilder();
    for (UpstreamEvent event : events) {
      text.append(event instanceof UpstreamEvent.ReasoningSummary(_, String delta) ? delta : "");
    }
    return text.toString();
  }

  private static String text(List<UpstreamEvent> events) {
    StringBuilder text = new StringBuilder();
    for (UpstreamEvent event : events) {
      text.append(event instanceof UpstreamEvent.ReasoningText(_, String delta) ? delta : "");
    }
    return text.toString();
  }
}
