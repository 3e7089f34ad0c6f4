package dev.minimalchat.gateway.upstream.responses;

import static dev.minimalchat.gateway.upstream.responses.ProviderJson.API_KEY;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.completed;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.delta;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.event;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.itemDone;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.partDone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.upstream.Citation;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Annotation;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.FileSearch;
import dev.minimalchat.gateway.upstream.UpstreamEvent.InProgress;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Incomplete;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.upstream.UpstreamEvent.WebSearch;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The model's searches and sources.
class EventMapperWorkTest {
  private static final String SUMMARY =
      "{'type':'response.reasoning_summary_text.delta','output_index':%d,'summary_index':%d,'delta':'%s'}";
  private static final String SEARCH = "{'type':'response.web_search_call.%s','output_index':%d}";
  private static final String ITEM =
      "{'type':'response.output_item.%s','output_index':%d,'item':{'type':'%s','id':'ws_1'%s}}";
  private static final String PAGE =
      "{'type':'url_citation','url':'https://example.com/a','title':'A page'}";
  private static final Annotation CITED =
      new Annotation(new Citation.Url("https://example.com/a", "A page"));

  private final EventMapper mapper = EventMappers.ofPage(API_KEY);

  @Test
  void reasoningAndSearchesAreNoOutput() {
    assertThat(
            map(
                SUMMARY.formatted(0, 0, "a"),
                SEARCH.formatted("searching", 1),
                completed("'output':[]")))
        .endsWith(new Incomplete("no_output", null));
  }

  @Test
  void relaysASearchWhenItBeginsAndWhenItsQueryIsKnown() {
    assertThat(
            work(
                ITEM.formatted("added", 0, "web_search_call", ""),
                SEARCH.formatted("in_progress", 0),
                SEARCH.formatted("searching", 0),
                SEARCH.formatted("completed", 0),
                ITEM.formatted(
                    "done",
                    0,
                    "web_search_call",
                    ",'action':{'type':'search','query':'tall\\nest','queries':['x']}"),
                ITEM.formatted(
                    "done", 0, "web_search_call", ",'action':{'type':'search','query':'again'}"),
                SEARCH.formatted("searching", 3),
                ITEM.formatted(
                    "done",
                    3,
                    "web_search_call",
                    ",'action':{'type':'open_page','url':'https://example.com/'}")))
        .containsExactly(
            new WebSearch(0, null, null),
            new WebSearch(0, "tall est", null),
            new WebSearch(3, null, null),
            new WebSearch(3, null, "https://example.com/"));
  }

  static Stream<List<Object>> searches() {
    String action = ",'action':{'queries':['first','second']}";
    return Stream.of(
        List.of(ITEM.formatted("done", 2, "openrouter:web_search", action), 2, "first"),
        List.of(ITEM.formatted("added", 1, "web_search_call", ",'action':{'query':'q'}"), 1, "q"),
        List.of(
            "{'type':'response.output_item.done','item':{'type':'web_search_call'" + action + "}}",
            0,
            "first"));
  }

  @ParameterizedTest
  @MethodSource("searches")
  void relaysASearchThatIsKnownAtOnce(List<Object> search) {
    assertThat(work((String) search.get(0)))
        .containsExactly(new WebSearch((int) search.get(1), (String) search.get(2), null));
  }

  @Test
  void relaysASearchInDocumentsOnce() {
    assertThat(
            work(
                ITEM.formatted("added", 1, "file_search_call", ""),
                "{'type':'response.file_search_call.searching','output_index':1}",
                ITEM.formatted(
                    "done", 1, "file_search_call", ",'queries':['secret'],'results':[]")))
        .containsExactly(new FileSearch(1));
  }

  static Stream<String> placesOfACitation() {
    String message =
        "{'type':'message','content':[{'type':'output_text','text':'Hi','annotations':[%s]}]}"
            .formatted(PAGE);
    return Stream.of(
        "{'type':'response.output_text.annotation.added','annotation':%s}".formatted(PAGE),
        "{'type':'response.output_text.annotation.added','annotation':{'type':'url_citation','url_citation':{'url':'https://example.com/a','title':'A page','content':'x'}}}",
        partDone(
            0, 0, "{'type':'output_text','text':'Hi','annotations':[%s,%s]}".formatted(PAGE, PAGE)),
        itemDone(0, message),
        itemDone(0, "{'type':'message','content':'Hi','annotations':[%s]}".formatted(PAGE)),
        completed("'output':[" + message + "]"));
  }

  @ParameterizedTest
  @MethodSource("placesOfACitation")
  void relaysASourceOnceWhereverItStands(String json) {
    String last = completed("'output':[]");
    List<UpstreamEvent> events =
        json.contains("response.completed")
            ? map(delta(0, 0, "Hi"), json)
            : map(delta(0, 0, "Hi"), json, json, last);

    assertThat(events).filteredOn(UpstreamEvent::isWork).containsExactly(CITED);
    assertThat(events).endsWith(new Completed(null));
  }

  @Test
  void relaysADocumentByItsName() {
    String json =
        "{'type':'response.output_text.annotation.added','annotation':{'type':'file_citation','file_id':'file-1','filename':'price list.pdf','index':3}}";

    assertThat(work(json, json))
        .containsExactly(new Annotation(new Citation.File("price list.pdf")));
  }

  @Test
  void relaysAtMostAHundredSources() {
    String[] events = new String[300];
    for (int i = 0; i < events.length; i++) {
      events[i] =
          "{'type':'response.output_text.annotation.added','annotation':{'type':'url_citation','url':'https://example.com/%d'}}"
              .formatted(i);
    }

    assertThat(work(events)).hasSize(100);
  }

  /// Of each family: missing, null, of another type, too large and hostile.
  static Stream<String> malformed() {
    return Stream.of("null", "7", "[]", "{}", "''", "'x'", "[null,7,'x',[[]]]", "{'type':{}}")
        .flatMap(it ->
            Stream.of(
                    "{'type':'response.output_text.annotation.added','annotation':%s}",
                    "{'type':'response.output_text.annotation.added','annotation':{'type':%s}}",
                    "{'type':'response.output_text.annotation.added','annotation':{'type':'url_citation','url':%s}}",
                    "{'type':'response.output_text.annotation.added','annotation':{'type':'file_citation','filename':%s}}"
                        .replace("%s", it.equals("'x'") ? "7" : "%s"),
                    "{'type':'response.content_part.done','part':{'annotations':%s}}",
                    "{'type':'response.output_item.done','item':{'type':'message','content':[{'annotations':%s}]}}",
                    "{'type':'response.output_item.done','item':{'type':'reasoning','summary':%s,'content':%s}}",
                    "{'type':'response.output_item.done','item':{'type':%s,'action':%s}}",
                    "{'type':'response.output_item.added','item':%s}",
                    "{'type':'response.reasoning_summary_part.added','part':%s}",
                    "{'type':'response.reasoning.delta','delta':{'text':{'x':%s}}}")
                .map(template -> template.replace("%s", it)));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void aMalformedEventChangesNothing(String json) {
    assertThat(work(json)).isEmpty();
    assertThat(map(delta(0, 0, "Hi"), json, completed("'output':[]")))
        .filteredOn(event -> !(event instanceof InProgress))
        .containsExactly(new TextDelta("Hi"), new Completed(null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'url':'javascript:alert(1)'",
        "'url':'https://example.com/ a'",
        "'url':'https://user@example.com'",
        "'title':'no address'",
        "'url':['https://example.com']",
        "'url':'https://sk-a-key-of-the-provider.example'"
      })
  void dropsAHostileAddress(String fields) {
    assertThat(
            work(
                "{'type':'response.output_text.annotation.added','annotation':{'type':'url_citation',%s}}"
                    .formatted(fields)))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "7", "'\u202e'", "''", "{}", "'sk-a-key-of-the-provider'"})
  void relaysASourceWithoutATitle(String title) {
    assertThat(
            work(
                "{'type':'response.output_text.annotation.added','annotation':{'type':'url_citation','url':'https://example.com/','title':%s}}"
                    .formatted(title)))
        .containsExactly(new Annotation(new Citation.Url("https://example.com/", null)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{'query':7}", "{'query':null,'queries':7}", "{'url':'file:///etc'}", "[]", "'x'"})
  void aSearchWithoutAReadableActionIsStillASearch(String action) {
    assertThat(work(ITEM.formatted("done", 0, "web_search_call", ",'action':" + action)))
        .containsExactly(new WebSearch(0, null, null));
  }

  @Test
  void aProgramGetsNoneOfIt() {
    EventMapper program = EventMappers.ofText(API_KEY);

    assertThat(
            Stream.concat(
                    placesOfACitation(),
                    Stream.of(
                        SUMMARY.formatted(0, 0, "a"),
                        SEARCH.formatted("searching", 1),
                        ITEM.formatted("added", 1, "file_search_call", ""),
                        ITEM.formatted("done", 0, "web_search_call", ",'action':{'query':'q'}")))
                .flatMap(json -> program.map(event(json)).stream()))
        .noneMatch(UpstreamEvent::isWork);
  }

  private List<UpstreamEvent> work(String... events) {
    return map(events).stream().filter(UpstreamEvent::isWork).toList();
  }

  private List<UpstreamEvent> map(String... events) {
    return Stream.of(events).flatMap(json -> mapper.map(event(json)).stream()).toList();
  }
}
