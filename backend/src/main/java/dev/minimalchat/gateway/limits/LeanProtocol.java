package dev.minimalchat.gateway.limits;

import org.apache.coyote.http11.Http11NioProtocol;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/// HTTP as Tomcat speaks it, with buffers that fit an event. A stream holds its connection's
/// buffers for as long as it lasts, and the usual ones would be more than everything else it holds.
public final class LeanProtocol extends Http11NioProtocol {
  private static final int READ = 2048;
  private static final int WRITE = 2048;
  private static final int RESPONSE = 512;

  /// Trailing headers, which nobody sends.
  private static final int TRAILER = 512;

  /// The constructor that Tomcat asks for.
  public LeanProtocol() {
    var buffers = getEndpoint().getSocketProperties();
    buffers.setAppReadBufSize(READ);
    buffers.setAppWriteBufSize(WRITE);
    setMaxTrailerSize(TRAILER);
  }

  @Override
  public int getDesiredBufferSize() {
    return RESPONSE;
  }

  @Component
  static class Installation implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    @Override
    public void customize(TomcatServletWebServerFactory factory) {
      factory.setProtocol(LeanProtocol.class.getName());
    }
  }
}
