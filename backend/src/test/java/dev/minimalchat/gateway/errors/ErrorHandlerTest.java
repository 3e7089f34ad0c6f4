package dev.minimalchat.gateway.errors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.mock.http.MockHttpInputMessage;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

@ExtendWith(OutputCaptureExtension.class)
class ErrorHandlerTest {
  private static final String CANARY = "canary-4b1d";

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ErrorHandler handler = new ErrorHandler(meters);
  private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/v1/chat");

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "999, 1", "1000, 1", "1001, 2", "60000, 60", "-5, 1"})
  void roundsAWaitUpToWholeSecondsAndNeverToNone(long millis, String seconds) {
    Failure failure = new Failure(ErrorCode.OVERLOADED, "busy", Duration.ofMillis(millis), null);

    assertThat(handler.failure(failure, request).getHeaders().getFirst("Retry-After"))
        .isEqualTo(seconds);
  }

  @Test
  void namesNoWaitWhereNoneIsKnown() {
    assertThat(answer(ErrorCode.OVERLOADED).getHeaders().containsKey("Retry-After")).isFalse();
  }

  @Test
  void challengesOnlyWhoeverHasNoToken() {
    assertThat(answer(ErrorCode.UNAUTHORIZED).getHeaders().getFirst("WWW-Authenticate"))
        .isEqualTo("Bearer");
    assertThat(answer(ErrorCode.OVERLOADED).getHeaders().containsKey("WWW-Authenticate")).isFalse();
  }

  @Test
  void countsEachRefusalUnderItsCode() {
    answer(ErrorCode.TIMEOUT);
    answer(ErrorCode.TIMEOUT);
    answer(ErrorCode.RATE_LIMITED);

    assertThat(count("timeout")).isEqualTo(2);
    assertThat(count("rate_limited")).isEqualTo(1);
  }

  @Test
  void writesOneLineWithTheCause(CapturedOutput output) {
    handler.failure(new Failure(ErrorCode.TIMEOUT, "no event in time"), request);

    assertThat(output.getOut()).containsOnlyOnce("no event in time");
  }

  @Test
  void writesNoSecondLineAboutAFailureThatHasOne(CapturedOutput output) {
    Failure failure = new Failure(ErrorCode.TIMEOUT, "no event in time");

    handler.reported(new ReportedFailure(failure), request);

    assertThat(output).doesNotContain("no event in time");
  }

  @Test
  void keepsAPathThatACallerMadeUpOutOfTheLog(CapturedOutput output) {
    request.setRequestURI("/" + CANARY);

    handler.failure(new Failure(ErrorCode.NOT_FOUND, "nothing there"), request);

    assertThat(output).contains("nothing there").doesNotContain(CANARY);
  }

  @Test
  void hidesWhatAnUnexpectedExceptionSays() {
    ResponseEntity<ErrorBody.Envelope> answer =
        handler.unexpected(new IllegalStateException(CANARY), request);

    assertThat(answer.getStatusCode().value()).isEqualTo(500);
    assertThat(answer.getBody()).asString().doesNotContain(CANARY);
    assertThat(count("internal")).isEqualTo(1);
  }

  @Test
  void translatesWhatTheFrameworkRefuses() {
    Exception refusal = new HttpRequestMethodNotSupportedException("PUT");

    assertThat(handler.unexpected(refusal, request).getStatusCode().value()).isEqualTo(405);
  }

  @Test
  void tellsNobodyThatTheBrowserLeft(CapturedOutput output) {
    handler.clientDisconnected(new AsyncRequestNotUsableException("gone"));

    assertThat(output).doesNotContain("gone");
    assertThat(meters.getMeters()).isEmpty();
  }

  @Test
  void quotesAFieldNoFurtherThanItsNameCanBeRead() {
    String answer = unreadable("{\"" + "x".repeat(500) + "\":1}");

    assertThat(answer).hasSizeLessThan(120).endsWith("… is not a known field");
  }

  @Test
  void quotesNoLineEndsOfAField() {
    assertThat(unreadable("{\"a\\r\\nb <c>\":1}")).isEqualTo("a??b ?c? is not a known field");
  }

  private String unreadable(String json) {
    try {
      new JsonMapper().readValue(json, Empty.class);
      throw new AssertionError("read");
    } catch (JsonProcessingException e) {
      var exception =
          new HttpMessageNotReadableException("", e, new MockHttpInputMessage(new byte[0]));
      ErrorBody.Envelope body = handler.unreadable(exception, request).getBody();
      return body == null ? "" : body.error().message();
    }
  }

  private ResponseEntity<ErrorBody.Envelope> answer(ErrorCode code) {
    return handler.failure(new Failure(code, "because"), request);
  }

  private double count(String code) {
    return meters.get("gateway.refusals").tag("code", code).counter().count();
  }

  /// A body without fields.
  private record Empty() {
    @JsonCreator
    Empty {}
  }
}
