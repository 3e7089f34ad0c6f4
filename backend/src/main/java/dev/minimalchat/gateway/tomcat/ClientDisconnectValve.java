package dev.minimalchat.gateway.tomcat;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/// Detects a client disconnect before the response is committed. Until a write fails, only the
/// connector can tell, by reading from the connection ([SmallBufferProtocol]).
///
/// Only the request thread may ask, and only before the response is committed.
public final class ClientDisconnectValve extends ValveBase {
  private static final String ATTRIBUTE = ClientDisconnectValve.class.getName();

  ClientDisconnectValve() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    BooleanSupplier isDisconnected = SmallBufferProtocol.isDisconnected(request.getCoyoteRequest());
    request.setAttribute(ATTRIBUTE, isDisconnected);
    getNext().invoke(request, response);
  }

  /// Whether the client has closed its connection; always false in another container.
  public static BooleanSupplier isDisconnected(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof BooleanSupplier isDisconnected
        ? isDisconnected
        : () -> false;
  }
}
