package dev.minimalchat.gateway.validate;

import static dev.minimalchat.gateway.validate.Check.require;

import dev.minimalchat.gateway.validate.Check.Skipped;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// Whether the certificates are good, and for how long.
final class TlsChecks {
  private static final int HTTPS = 443;
  private static final long ENOUGH_DAYS = 7;

  private final Pair pair;
  private final Clock clock;

  TlsChecks(Pair pair, Clock clock) {
    this.pair = pair;
    this.clock = clock;
  }

  List<Check> all() {
    return List.of(
        new Check("the gateway’s certificate is good", () -> certificate(pair.gateway)),
        new Check("the page’s certificate is good", () -> certificate(pair.page)));
  }

  /// An untrusted or expired one, or one for another name, fails the handshake.
  private String certificate(URI where) throws Exception {
    if (!where.getScheme().equals("https")) {
      throw new Skipped("plain http");
    }
    int port = where.getPort() < 0 ? HTTPS : where.getPort();
    try (var socket =
        (SSLSocket) SSLSocketFactory.getDefault().createSocket(where.getHost(), port)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      var session = socket.getSession();
      var certificate = (X509Certificate) session.getPeerCertificates()[0];
      Duration left = Duration.between(clock.instant(), certificate.getNotAfter().toInstant());
      require(left.toDays() >= ENOUGH_DAYS, "ends in " + left.toDays() + " days");
      return session.getProtocol() + ", good for " + left.toDays() + " days";
    }
  }
}
