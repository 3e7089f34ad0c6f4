package dev.minimalchat.gateway.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.minimalchat.gateway.errors.Failure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.io.IOException;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Reads, parses and validates the JSON body of a request. Spring's own `@RequestBody` would hold
/// its texts several times over.
@Component
public class JsonBodyReader {
  /// What Bean Validation appends to the path of an element.
  private static final String LIST_ELEMENT = ".<list element>";

  private static final String UNREADABLE = "The body is missing or cannot be read.";

  private final ObjectMapper json;
  private final Validator validator;

  public JsonBodyReader(ObjectMapper json, Validator validator) {
    this.json = json;
    this.validator = validator;
  }

  /// Reads the whole body.
  ///
  /// @throws JsonProcessingException if it is not the JSON of this type
  /// @throws Failure if it is missing, too large or not valid
  public <T> T read(HttpServletRequest request, Class<T> type) throws JsonProcessingException {
    return parse(readBytes(request), type);
  }

  /// Parses and validates a whole body.
  ///
  /// @throws JsonProcessingException if it is not the JSON of this type
  /// @throws Failure if it is missing or not valid
  public <T> T parse(byte[] body, Class<T> type) throws JsonProcessingException {
    T value;
    try {
      value =
          body.length == 0
              ? null
              : json.readerFor(type).withAttribute(JsonText.BODY, body).readValue(body);
    } catch (JsonProcessingException e) {
      if (e.getCause() instanceof Failure failure) {
        throw failure;
      }
      throw e;
    } catch (IOException e) {
      throw Failure.invalidRequest("The body is not valid JSON.");
    }
    if (value == null) {
      throw Failure.invalidRequest(UNREADABLE);
    }
    String problems =
        validator.validate(value).stream()
            .map(JsonBodyReader::problem)
            .sorted()
            .collect(Collectors.joining("; "));
    if (!problems.isEmpty()) {
      throw Failure.invalidRequest(problems);
    }
    return value;
  }

  /// Reads the whole body.
  ///
  /// @throws Failure if it cannot be read, or is too large
  public static byte[] readBytes(HttpServletRequest request) {
    try {
      return request.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw Failure.invalidRequest(UNREADABLE);
    }
  }

  private static String problem(ConstraintViolation<?> violation) {
    String field = violation.getPropertyPath().toString().replace(LIST_ELEMENT, "");
    return field + " " + violation.getMessage();
  }
}
