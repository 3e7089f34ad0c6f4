package dev.minimalchat.gateway.tomcat;

import dev.minimalchat.gateway.memory.MemoryBudget;
import org.apache.catalina.core.StandardHost;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/// Installs this package's protocol and valves, and limits the connections to what the heap can
/// hold.
@Component
class TomcatConfiguration implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
  private static final int MAX_CONNECTIONS = 10_000;

  /// A connection whose request is incomplete occupies 24 KB, measured.
  private static final int MIN_BUDGET_BYTES_PER_CONNECTION = 32 << 10;

  private final MemoryBudget memory;

  TomcatConfiguration(MemoryBudget memory) {
    this.memory = memory;
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    long connections = Math.min(MAX_CONNECTIONS, memory.limit() / MIN_BUDGET_BYTES_PER_CONNECTION);
    factory.setProtocol(SmallBufferProtocol.class.getName());
    factory.addConnectorCustomizers(connector -> {
      ((SmallBufferProtocol) connector.getProtocolHandler())
          .setMaxConnections(Math.toIntExact(connections));
      // Rejected by a filter, except in the ids of models.
      connector.setEncodedSolidusHandling(EncodedSolidusHandling.DECODE.getValue());
    });
    factory.addEngineValves(new ReleasedRequestBuffers());
    factory.addContextValves(new ClientDisconnectValve());
    factory.addContextCustomizers(context -> {
      if (context.getParent() instanceof StandardHost host) {
        host.setErrorReportValveClass(JsonErrorReportValve.class.getName());
      }
    });
  }
}
