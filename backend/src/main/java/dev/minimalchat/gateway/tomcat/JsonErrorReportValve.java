package dev.minimalchat.gateway.tomcat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.minimalchat.gateway.errors.ErrorBody;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.RequestId;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/// Renders errors that the container detects (a malformed request line, headers that are too large)
/// as the JSON of the contract, instead of Tomcat's HTML page. Public, because Tomcat instantiates
/// it by its class name.
public final class JsonErrorReportValve extends ErrorReportValve {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  protected void report(Request request, Response response, @Nullable Throwable throwable) {
    if (response.getStatus() < 400
        || response.getContentWritten() > 0
        || !response.setErrorReported()) {
      return;
    }
    RequestId id = RequestId.of(request);
    Failure failure = new Failure(ErrorCode.of(response.getStatus()), "rejected by the container");
    try {
      response.setHeader(RequestId.HEADER, id.value());
      response.setContentType(MediaType.APPLICATION_JSON_VALUE);
      response.getOutputStream().write(JSON.writeValueAsBytes(ErrorBody.envelope(failure, id)));
      response.finishResponse();
    } catch (IOException e) {
      getContainer().getLogger().debug("the client has disconnected", e);
    }
  }
}
