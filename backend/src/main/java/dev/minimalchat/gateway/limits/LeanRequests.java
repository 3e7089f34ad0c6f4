package dev.minimalchat.gateway.limits;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.CharBuffer;
import org.apache.catalina.connector.InputBuffer;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/// Takes from each request the 16 KB that Tomcat gives it in case its body is read as text. Ours
/// are read as bytes, and Tomcat has no setting for it. Whoever does read text makes it grow again.
final class LeanRequests extends ValveBase {
  private static final int CHARACTERS = 16;
  private static final VarHandle INPUT = field(Request.class, "inputBuffer", InputBuffer.class);
  private static final VarHandle TEXT = field(InputBuffer.class, "cb", CharBuffer.class);

  LeanRequests() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    Object input = INPUT.get(request);
    if (((CharBuffer) TEXT.get(input)).capacity() > CHARACTERS) {
      TEXT.set(input, CharBuffer.allocate(CHARACTERS).flip());
    }
    getNext().invoke(request, response);
  }

  private static VarHandle field(Class<?> owner, String name, Class<?> type) {
    try {
      return MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
          .findVarHandle(owner, name, type);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this is another Tomcat", e);
    }
  }

  @Component
  static class Installation implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    @Override
    public void customize(TomcatServletWebServerFactory factory) {
      factory.addEngineValves(new LeanRequests());
    }
  }
}
