package dev.minimalchat.validate;

import static dev.minimalchat.validate.Check.require;

import dev.minimalchat.validate.Check.Skipped;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// Checks the certificates and how long they are valid.
final class TlsChecks {
  private static final int HTTPS_PORT = 443;
  private static final long MIN_VALID_DAYS = 7;

  private final Deployment deployment;
  private final Clock clock;
  private final int limitMs;

  TlsChecks(Deployment deployment, Clock clock) {
    this(deployment, clock, Duration.ofSeconds(10));
  }

  /// @param limit of the wait for the connection, and for each part of the handshake
  TlsChecks(Deployment deployment, Clock clock, Duration limit) {
    this.deployment = deployment;
    this.clock = clock;
    this.limitMs = Math.toIntExact(limit.toMillis());
  }

  List<Check> all() {
    return List.of(
        new Check("gateway certificate is valid", () -> certificate(deployment.gateway)),
        new Check("page certificate is valid", () -> certificate(deployment.page)));
  }

  /// The handshake fails for an untrusted or expired certificate and for one of another host.
  private String certificate(URI url) throws Exception {
    if (!url.getScheme().equals("https")) {
      throw new Skipped("plain http");
    }
    int port = url.getPort() < 0 ? HTTPS_PORT : url.getPort();
    var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    try (var plain = new Socket()) {
      plain.connect(new InetSocketAddress(url.getHost(), port), limitMs);
      plain.setSoTimeout(limitMs);
      var socket = (SSLSocket) factory.createSocket(plain, url.getHost(), port, true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      var session = socket.getSession();
      var certificate = (X509Certificate) session.getPeerCertificates()[0];
      Duration left = Duration.between(clock.instant(), certificate.getNotAfter().toInstant());
      require(left.toDays() >= MIN_VALID_DAYS, "ends in " + left.toDays() + " days");
      return session.getProtocol() + ", good for " + left.toDays() + " days";
    }
  }
}
