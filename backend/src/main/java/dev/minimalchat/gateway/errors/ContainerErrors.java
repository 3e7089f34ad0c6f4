package dev.minimalchat.gateway.errors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/// Gives what the container refuses by itself (a bad request line, headers too large) the same
/// answer as every other failure: otherwise it would write a page of its own.
public class ContainerErrors extends ErrorReportValve {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  protected void report(Request request, Response response, @Nullable Throwable throwable) {
    if (response.getStatus() < 400
        || response.getContentWritten() > 0
        || !response.setErrorReported()) {
      return;
    }
    RequestId id = RequestId.of(request);
    Failure failure = new Failure(ErrorCode.of(response.getStatus()), "refused by the container");
    try {
      byte[] body = json(ErrorBody.of(failure, id)).getBytes(StandardCharsets.UTF_8);
      response.setHeader(RequestId.HEADER, id.value());
      response.setContentType(MediaType.APPLICATION_JSON_VALUE);
      response.getOutputStream().write(body);
      response.finishResponse();
    } catch (IOException e) {
      getContainer().getLogger().debug("nobody to tell", e);
    }
  }

  private static String json(ErrorBody body) throws JsonProcessingException {
    return JSON.writeValueAsString(new ErrorBody.Envelope(body));
  }

  /// Replaces the container's own report. The container makes the valve, by its public name.
  @Component
  static class Installation implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    @Override
    public void customize(TomcatServletWebServerFactory factory) {
      factory.addContextCustomizers(context -> {
        if (context.getParent() instanceof StandardHost host) {
          host.setErrorReportValveClass(ContainerErrors.class.getName());
        }
      });
    }
  }
}
