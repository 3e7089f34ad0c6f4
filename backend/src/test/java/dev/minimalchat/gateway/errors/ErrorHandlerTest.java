package dev.minimalchat.gateway.errors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

@ExtendWith(OutputCaptureExtension.class)
class ErrorHandlerTest {
  private static final String CANARY = "canary-4b1d";

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ErrorHandler handler = new ErrorHandler(meters);
  private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/v1/chat");
  private final MockHttpServletResponse response = new MockHttpServletResponse();

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "999, 1", "1000, 1", "1001, 2", "60000, 60", "-5, 1"})
  void roundsRetryAfterUpToWholeSecondsAndAtLeastOne(long millis, String seconds) {
    Failure failure = new Failure(ErrorCode.OVERLOADED, "busy", Duration.ofMillis(millis), null);

    assertThat(handler.failure(failure, request).getHeaders().getFirst("Retry-After"))
        .isEqualTo(seconds);
  }

  @Test
  void omitsAnUnknownRetryAfter() {
    assertThat(response(ErrorCode.OVERLOADED).getHeaders().containsKey("Retry-After")).isFalse();
  }

  @Test
  void sendsWwwAuthenticateOnlyForUnauthorized() {
    assertThat(response(ErrorCode.UNAUTHORIZED).getHeaders().getFirst("WWW-Authenticate"))
        .isEqualTo("Bearer");
    assertThat(response(ErrorCode.OVERLOADED).getHeaders().containsKey("WWW-Authenticate"))
        .isFalse();
  }

  @Test
  void countsRejectionsByCode() {
    for (ErrorCode code : List.of(ErrorCode.TIMEOUT, ErrorCode.TIMEOUT, ErrorCode.RATE_LIMITED)) {
      handler.failure(new Failure(code, "because"), new MockHttpServletRequest());
    }

    assertThat(count("timeout")).isEqualTo(2);
    assertThat(count("rate_limited")).isEqualTo(1);
  }

  @Test
  void logsTheCauseOnce(CapturedOutput output) {
    handler.failure(new Failure(ErrorCode.TIMEOUT, "no event in time"), request);

    assertThat(output.getOut()).containsOnlyOnce("no event in time");
  }

  @Test
  void doesNotLogAReportedFailureAgain(CapturedOutput output) {
    Failure failure = new Failure(ErrorCode.TIMEOUT, "no event in time");

    handler.reported(new ReportedFailure(failure), request);

    assertThat(output).doesNotContain("no event in time");
  }

  @Test
  void keepsTheRequestPathOutOfTheLog(CapturedOutput output) {
    request.setRequestURI("/" + CANARY);

    handler.failure(new Failure(ErrorCode.NOT_FOUND, "nothing there"), request);

    assertThat(output).contains("nothing there").doesNotContain(CANARY);
  }

  @Test
  void keepsAnUnknownMethodOutOfTheLog(CapturedOutput output) {
    request.setMethod(CANARY);

    handler.failure(new Failure(ErrorCode.METHOD_NOT_ALLOWED, "no such method"), request);

    assertThat(output).contains("other /", "no such method").doesNotContain(CANARY);
  }

  @Test
  void hidesTheMessageOfAnUnexpectedException(CapturedOutput output) {
    ResponseEntity<ErrorBody.Envelope> internal =
        unexpected(new IllegalStateException(CANARY, new IOException(CANARY)));

    assertThat(internal.getStatusCode().value()).isEqualTo(500);
    assertThat(internal.getBody()).asString().doesNotContain(CANARY);
    assertThat(output)
        .contains("IllegalStateException", "ErrorHandlerTest.hidesTheMessage")
        .doesNotContain(CANARY);
    assertThat(count("internal")).isEqualTo(1);
  }

  @Test
  void keepsTheStatusOfASpringException() {
    Exception rejection = new HttpRequestMethodNotSupportedException("PUT");

    assertThat(unexpected(rejection).getStatusCode().value()).isEqualTo(405);
  }

  @Test
  void keepsTheHeadersThatBelongToTheStatus() {
    Exception rejection = new HttpRequestMethodNotSupportedException("PUT", List.of("POST"));

    assertThat(unexpected(rejection).getHeaders().getFirst("Allow")).isEqualTo("POST");
  }

  @Test
  void takesAnIoErrorAfterTheCommitForTheClients(CapturedOutput output) {
    response.setCommitted(true);

    assertThat(handler.unexpected(new SocketTimeoutException(), request, response)).isNull();
    assertThat(output).doesNotContain("SocketTimeoutException");
    assertThat(meters.getMeters()).isEmpty();
  }

  @Test
  void reportsARequestOnceThatIsDispatchedAgain(CapturedOutput output) {
    handler.failure(new Failure(ErrorCode.INVALID_REQUEST, "first"), request);
    handler.failure(new Failure(ErrorCode.INVALID_REQUEST, "second"), request);

    assertThat(output.getOut()).contains("first").doesNotContain("second");
    assertThat(count("invalid_request")).isEqualTo(1);
  }

  @Test
  void neitherLogsNorCountsAClientDisconnect(CapturedOutput output) {

    handler.clientDisconnected(new AsyncRequestNotUsableException("disconnected"), response);

    assertThat(response.getStatus()).isEqualTo(499);
    assertThat(output).doesNotContain("disconnected");
    assertThat(meters.getMeters()).isEmpty();
  }

  @Test
  void truncatesALongFieldName() {
    String response = unreadableMessage("{\"" + "x".repeat(500) + "\":1}");

    assertThat(response).hasSizeLessThan(120).endsWith("… is not a known field");
  }

  @Test
  void sanitizesAFieldName() {
    assertThat(unreadableMessage("{\"a\\r\\nb <c>\":1}"))
        .isEqualTo("a??b ?c? is not a known field");
  }

  private ResponseEntity<ErrorBody.Envelope> unexpected(Exception exception) {
    return Objects.requireNonNull(handler.unexpected(exception, request, response));
  }

  private String unreadableMessage(String json) {
    try {
      new JsonMapper().readValue(json, Empty.class);
      throw new AssertionError("read");
    } catch (JsonProcessingException e) {
      ErrorBody.Envelope body = handler.unreadable(e, request).getBody();
      return body == null ? "" : body.error().message();
    }
  }

  private ResponseEntity<ErrorBody.Envelope> response(ErrorCode code) {
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
