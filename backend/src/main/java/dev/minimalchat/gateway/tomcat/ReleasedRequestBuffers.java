package dev.minimalchat.gateway.tomcat;

import dev.minimalchat.gateway.errors.OutOfMemoryExit;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.CharBuffer;
import org.apache.catalina.connector.InputBuffer;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/// Shrinks Tomcat's 16 KB character buffer, which is unused because bodies are read as bytes: a
/// stream needs 70 KB instead of 86. Tomcat has no setting for it, hence the private fields of
/// Tomcat 10.1. The buffer grows again if a body is read as text.
final class ReleasedRequestBuffers extends ValveBase {
  private static final int BUFFER_CHARS = 16;
  private static final VarHandle INPUT_BUFFER =
      field(Request.class, "inputBuffer", InputBuffer.class);
  private static final VarHandle CHAR_BUFFER = field(InputBuffer.class, "cb", CharBuffer.class);

  ReleasedRequestBuffers() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    Object input = INPUT_BUFFER.get(request);
    if (((CharBuffer) CHAR_BUFFER.get(input)).capacity() > BUFFER_CHARS) {
      CHAR_BUFFER.set(input, CharBuffer.allocate(BUFFER_CHARS).flip());
    }
    try {
      getNext().invoke(request, response);
    } catch (Error e) {
      OutOfMemoryExit.check(e);
      throw e;
    }
  }

  private static VarHandle field(Class<?> owner, String name, Class<?> type) {
    try {
      return MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
          .findVarHandle(owner, name, type);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("unsupported Tomcat version", e);
    }
  }
}
