package dev.minimalchat.gateway.upstream.responses;

import static dev.minimalchat.gateway.upstream.responses.WireEvent.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minimalchat.gateway.upstream.Citation;
import dev.minimalchat.gateway.upstream.DisplayText;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The searches of one answer and the sources that it cites, each relayed once. Servers repeat a
/// source in up to four events.
final class RelayedSources {
  /// Further ones are ignored.
  private static final int MAX_SEARCHES = 100;

  private static final int MAX_CITATIONS = 100;

  private final boolean isRelayed;
  private final Predicate<String> isSecret;
  private final List<Search> searches = new ArrayList<>();
  private final Set<Object> cited = new HashSet<>();

  /// @param isSecret whether a text must not be passed on
  RelayedSources(boolean isRelayed, Predicate<String> isSecret) {
    this.isRelayed = isRelayed;
    this.isSecret = isSecret;
  }

  /// A search of the web has begun.
  List<UpstreamEvent> ofWebSearch(WireEvent wire) {
    return search(wire, true);
  }

  /// A search of the operator's documents has begun.
  List<UpstreamEvent> ofFileSearch(WireEvent wire) {
    return search(wire, false);
  }

  /// An item has begun.
  List<UpstreamEvent> ofItemAdded(WireEvent wire) {
    String type = wire.itemType();
    if (isWebSearch(type)) {
      return search(wire, true);
    }
    return type.equals("file_search_call") ? search(wire, false) : List.of();
  }

  /// An item is complete.
  List<UpstreamEvent> ofItemDone(WireEvent wire) {
    List<UpstreamEvent> events = new ArrayList<>(ofItemAdded(wire));
    addOfMessage(wire.itemOrEmpty(), events);
    return events;
  }

  List<UpstreamEvent> ofAnnotation(JsonNode annotation) {
    List<UpstreamEvent> events = new ArrayList<>();
    add(annotation, events);
    return events;
  }

  /// @param part an element of a message's content
  List<UpstreamEvent> ofPart(JsonNode part) {
    List<UpstreamEvent> events = new ArrayList<>();
    addAll(part.path("annotations"), events);
    return events;
  }

  /// @param output the items of the final response
  List<UpstreamEvent> ofOutput(JsonNode output) {
    List<UpstreamEvent> events = new ArrayList<>();
    output.forEach(item -> addOfMessage(item, events));
    return events;
  }

  private static boolean isWebSearch(String itemType) {
    return itemType.equals("web_search_call") || itemType.endsWith(":web_search");
  }

  private List<UpstreamEvent> search(WireEvent wire, boolean isWeb) {
    Search known = isRelayed ? find(wire) : null;
    Search search = known == null && isRelayed ? open(wire) : known;
    if (search == null) {
      return List.of();
    }
    if (!isWeb) {
      return known == null ? List.of(new UpstreamEvent.FileSearch(search.index)) : List.of();
    }
    JsonNode action = wire.itemOrEmpty().path("action");
    String query = query(action);
    String url = DisplayText.httpUrl(allowed(text(action.path("url"))));
    boolean isNews = !search.isDescribed && (query != null || url != null);
    search.isDescribed |= isNews;
    return known == null || isNews
        ? List.of(new UpstreamEvent.WebSearch(search.index, query, url))
        : List.of();
  }

  private @Nullable String query(JsonNode action) {
    String query = text(action.path("query"));
    String first = query.isEmpty() ? text(action.path("queries").path(0)) : query;
    return DisplayText.of(allowed(first), UpstreamEvent.WebSearch.MAX_QUERY_CHARS);
  }

  private @Nullable Search find(WireEvent wire) {
    String itemId = itemId(wire);
    for (Search search : searches) {
      boolean isSame =
          wire.output() >= 0
              ? search.output == wire.output()
              : !itemId.isEmpty() && search.itemId.equals(itemId);
      if (isSame) {
        return search;
      }
    }
    return null;
  }

  private @Nullable Search open(WireEvent wire) {
    if (searches.size() == MAX_SEARCHES) {
      return null;
    }
    int next = searches.stream().mapToInt(search -> search.index + 1).max().orElse(0);
    Search search =
        new Search(wire.output(), itemId(wire), wire.output() < 0 ? next : wire.output());
    searches.add(search);
    return search;
  }

  private static String itemId(WireEvent wire) {
    String id = wire.itemIdOrEmpty();
    return id.isEmpty() ? text(wire.itemOrEmpty().path("id")) : id;
  }

  private void addOfMessage(JsonNode item, List<UpstreamEvent> events) {
    if (item.path("type").asText("message").equals("message")) {
      addAll(item.path("annotations"), events);
      item.path("content").forEach(part -> addAll(part.path("annotations"), events));
    }
  }

  private void addAll(JsonNode annotations, List<UpstreamEvent> events) {
    annotations.forEach(annotation -> add(annotation, events));
  }

  private void add(JsonNode annotation, List<UpstreamEvent> events) {
    Citation citation = isRelayed && cited.size() < MAX_CITATIONS ? citation(annotation) : null;
    if (citation != null && cited.add(identity(citation))) {
      events.add(new UpstreamEvent.Annotation(citation));
    }
  }

  /// Some servers nest the fields, as in chat completions.
  private @Nullable Citation citation(JsonNode annotation) {
    String type = text(annotation.path("type"));
    JsonNode nested = annotation.path(type);
    JsonNode fields = nested.isObject() ? nested : annotation;
    return switch (type) {
      case "url_citation" ->
          Citation.ofUrl(allowed(text(fields.path("url"))), allowed(text(fields.path("title"))));
      case "file_citation" -> Citation.ofFile(allowed(text(fields.path("filename"))));
      default -> null;
    };
  }

  private String allowed(String text) {
    return isSecret.test(text) ? "" : text;
  }

  /// Two citations of one page can have different titles.
  private static Object identity(Citation citation) {
    return switch (citation) {
      case Citation.Url url -> url.url();
      case Citation.File file -> file;
    };
  }

  private static final class Search {
    private final int output;
    private final String itemId;
    private final int index;

    /// Whether its query or page has been relayed.
    private boolean isDescribed;

    Search(int output, String itemId, int index) {
      this.output = output;
      this.itemId = itemId;
      this.index = index;
    }
  }
}
