package dev.minimalchat.gateway.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads the lists of a request. They have a limit together: an empty element of a body occupies a
/// few bytes, but its object many times that, which no memory budget counts.
final class BodyList {
  /// Items, parts and tools of one request.
  private static final int MAX_ELEMENTS = 20_000;

  private static final String COUNT = BodyList.class.getName();

  private BodyList() {}

  /// Reads an array.
  ///
  /// @throws Failure PAYLOAD_TOO_LARGE if the lists of the request are too long together
  static <T> List<T> read(JsonParser parser, DeserializationContext context, Class<T> type)
      throws IOException {
    List<T> elements = new ArrayList<>();
    if (!parser.hasToken(JsonToken.START_ARRAY)) {
      context.handleUnexpectedToken(List.class, parser);
      return elements;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      count(context);
      try {
        if (parser.hasToken(JsonToken.VALUE_NULL)) {
          context.reportInputMismatch(type, "null in a list");
        }
        elements.add(context.readValue(parser, type));
      } catch (JsonMappingException e) {
        e.prependPath(elements, elements.size());
        throw e;
      }
    }
    return elements;
  }

  private static void count(DeserializationContext context) {
    int count = context.getAttribute(COUNT) instanceof Integer before ? before + 1 : 1;
    if (count > MAX_ELEMENTS) {
      throw new Failure(ErrorCode.PAYLOAD_TOO_LARGE, "more than " + MAX_ELEMENTS + " elements");
    }
    context.setAttribute(COUNT, count);
  }
}
