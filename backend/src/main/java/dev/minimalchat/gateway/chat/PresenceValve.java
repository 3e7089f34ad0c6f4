package dev.minimalchat.gateway.chat;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/// Lets a request that waits for its first word notice that its browser has left: until something
/// is written only the container can tell, by looking whether the connection has ended.
///
/// Only the thread that serves the request may ask, and only before its answer has begun.
class PresenceValve extends ValveBase {
  private static final String ATTRIBUTE = PresenceValve.class.getName();

  PresenceValve() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    BooleanSupplier left = () -> ended(request.getCoyoteRequest());
    request.setAttribute(ATTRIBUTE, left);
    getNext().invoke(request, response);
  }

  /// Whether the browser has closed its connection. Where another container serves, nobody knows.
  static BooleanSupplier left(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof BooleanSupplier left ? left : () -> false;
  }

  /// An ended connection always claims to have a byte, for the reader to find the end at; what a
  /// client sends ahead is claimed once, when it comes in.
  private static boolean ended(org.apache.coyote.Request connection) {
    look(connection);
    return look(connection) > 0;
  }

  private static int look(org.apache.coyote.Request connection) {
    connection.action(ActionCode.AVAILABLE, true);
    return connection.getAvailable();
  }

  /// Puts the valve where every request passes.
  @Component
  static class Installation implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    @Override
    public void customize(TomcatServletWebServerFactory factory) {
      factory.addContextValves(new PresenceValve());
    }
  }
}
