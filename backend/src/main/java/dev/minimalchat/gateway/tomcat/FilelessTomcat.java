package dev.minimalchat.gateway.tomcat;

import java.io.File;
import org.apache.catalina.core.StandardContext;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/// Tomcat without temporary directories. A container with a read-only file system has no place for
/// them, and a process that is killed leaves them behind. Applies to the management port too, whose
/// context has customizers of its own.
@ManagementContextConfiguration(proxyBeanMethods = false)
class FilelessTomcat implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
  /// Boot and Tomcat want directories that exist. Nothing is written to this one or read from it.
  private static final File UNUSED = new File(System.getProperty("java.home"));

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.setBaseDirectory(UNUSED);
    factory.setDocumentRoot(UNUSED);
    factory.addContextCustomizers(context -> {
      context.setDocBase(null);
      if (context instanceof StandardContext standard) {
        standard.setWorkDir(UNUSED.getPath());
      }
    });
  }
}
