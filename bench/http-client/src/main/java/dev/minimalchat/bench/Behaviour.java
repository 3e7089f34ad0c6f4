package dev.minimalchat.bench;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/// Asks each client what it does when something goes wrong, and prints what it did.
final class Behaviour {
  private static final Duration PATIENCE = Duration.ofMillis(300);

  private final HttpClient jdk = Client.Jdk.build(PATIENCE);
  private final CloseableHttpClient apache = apache(TimeValue.ofMilliseconds(500));

  public static void main(String[] arguments) throws Exception {
    System.out.println("| what happens | java.net.http | HttpClient 5 |");
    System.out.println("|---|---|---|");
    Behaviour behaviour = new Behaviour();
    behaviour.aborts();
    behaviour.timeouts();
    behaviour.staleConnections();
    behaviour.retries();
    System.exit(0);
  }

  private void aborts() throws Exception {
    row("abort while connecting", it -> aborted(it, Peer.deaf()));
    row("abort before the headers", it -> aborted(it, Peer.of(Peer::request)));
    row("abort in a blocked read", it -> aborted(it, Peer.of(Peer::oneEvent)));
    row(
        "close of the body in a blocked read",
        this::jdk,
        () -> new Exchange.Apache(apache, true),
        it -> aborted(it, Peer.of(Peer::oneEvent)));
  }

  private void timeouts() throws Exception {
    CloseableHttpClient timed = Client.Apache.timed(PATIENCE).build();
    Supplier<Exchange> first = () -> new Exchange.Jdk(jdk, PATIENCE);
    Supplier<Exchange> second = () -> new Exchange.Apache(timed, false);
    row("300 ms to connect", it -> ended(it, Peer.deaf()));
    row("300 ms, no headers", first, second, it -> ended(it, Peer.of(Peer::request)));
    row("300 ms, silent after an event", first, second, it -> ended(it, Peer.of(Peer::oneEvent)));
    row("300 ms, an event each 200 ms", first, second, it -> ended(it, Peer.of(Peer::drip)));
  }

  private void staleConnections() throws Exception {
    CloseableHttpClient always = apache(TimeValue.ZERO_MILLISECONDS);
    CloseableHttpClient never = apache(TimeValue.NEG_ONE_MILLISECOND);
    row("request 100 ms after the peer's close", it -> rested(it, 100));
    row(
        "… where each use is checked",
        this::jdk,
        () -> new Exchange.Apache(always, false),
        it -> rested(it, 100));
    row("request 700 ms after the peer's close", it -> rested(it, 700));
    row("ms for a request on a rested connection", Behaviour::restedRequest);
    row(
        "… where it is not checked",
        this::jdk,
        () -> new Exchange.Apache(never, false),
        Behaviour::restedRequest);
  }

  private void retries() throws Exception {
    HttpClient plainJdk = HttpClient.newHttpClient();
    CloseableHttpClient plainApache = HttpClients.createDefault();
    Supplier<Exchange> first = () -> new Exchange.Jdk(plainJdk, null);
    Supplier<Exchange> second = () -> new Exchange.Apache(plainApache, false);
    row("closed upon a POST", Behaviour::closedUponRequest);
    row("… of a client left as it comes", first, second, Behaviour::closedUponRequest);
    row("503 for a POST", Behaviour::unavailable);
    row("… of a client left as it comes", first, second, Behaviour::unavailable);
  }

  private Exchange jdk() {
    return new Exchange.Jdk(jdk, null);
  }

  private Exchange apache() {
    return new Exchange.Apache(apache, false);
  }

  private void row(String what, Experiment experiment) throws Exception {
    row(what, this::jdk, this::apache, experiment);
  }

  private static CloseableHttpClient apache(TimeValue trustedWhileIdle) {
    return Client.Apache.builder()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(PATIENCE))
                        .setValidateAfterInactivity(trustedWhileIdle)
                        .build())
                .build())
        .build();
  }

  private static void row(
      String what, Supplier<Exchange> jdk, Supplier<Exchange> apache, Experiment experiment)
      throws Exception {
    System.out.println(
        "| " + what + " | " + experiment.on(jdk) + " | " + experiment.on(apache) + " |");
  }

  /// Whether and when the reader and the peer notice an abort from another thread.
  private static String aborted(Supplier<Exchange> exchanges, Peer peer) throws Exception {
    try (peer) {
      Exchange exchange = exchanges.get();
      CompletableFuture<String> reader = started(exchange, peer);
      Thread.sleep(200);
      long start = System.nanoTime();
      Thread.startVirtualThread(exchange::abort);
      return "reader %s, peer %s".formatted(within(reader, start), within(peer.closed, start));
    }
  }

  private static String ended(Supplier<Exchange> exchanges, Peer peer) throws Exception {
    try (peer) {
      return within(started(exchanges.get(), peer), System.nanoTime());
    }
  }

  /// A second request over a pool whose one connection its peer has closed in the meantime.
  private static String rested(Supplier<Exchange> exchanges, long millis) throws Exception {
    try (Peer peer = Peer.of(Peer::answer)) {
      outcome(exchanges.get(), peer);
      Thread.sleep(millis);
      return outcome(exchanges.get(), peer) + ", " + peer.requests + " requests arrived";
    }
  }

  private static String closedUponRequest(Supplier<Exchange> exchanges) throws Exception {
    try (Peer peer = Peer.of(Peer::answerAndThenClose)) {
      outcome(exchanges.get(), peer);
      return outcome(exchanges.get(), peer) + ", " + (peer.requests.get() - 1) + " arrived";
    }
  }

  private static String unavailable(Supplier<Exchange> exchanges) throws Exception {
    try (Peer peer = Peer.of(Peer::unavailable)) {
      return outcome(exchanges.get(), peer) + ", " + peer.requests + " arrived";
    }
  }

  private static String restedRequest(Supplier<Exchange> exchanges) throws Exception {
    try (Peer peer = Peer.of(Peer::answerForever)) {
      List<Double> millis = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Exchange exchange = exchanges.get();
        long start = System.nanoTime();
        exchange.read(peer.address());
        millis.add((System.nanoTime() - start) / 1e6);
        Thread.sleep(700);
      }
      return "%.1f".formatted(millis.stream().sorted().toList().get(millis.size() / 2));
    }
  }

  private static CompletableFuture<String> started(Exchange exchange, Peer peer) {
    CompletableFuture<String> end = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try {
        exchange.read(peer.address());
        end.complete("end");
      } catch (Throwable e) {
        end.complete(e.getClass().getSimpleName());
      }
    });
    return end;
  }

  private static String outcome(Exchange exchange, Peer peer) throws Exception {
    return started(exchange, peer).get(5, TimeUnit.SECONDS);
  }

  private static String within(CompletableFuture<String> event, long start) throws Exception {
    try {
      String what = event.get(2, TimeUnit.SECONDS);
      return "%s %,.0f ms".formatted(what, (System.nanoTime() - start) / 1e6);
    } catch (TimeoutException e) {
      return "not within 2 s";
    }
  }

  private interface Experiment {
    String on(Supplier<Exchange> exchanges) throws Exception;
  }
}
