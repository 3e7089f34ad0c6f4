package dev.minimalchat.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/// A provider with little CPU cost of its own: one thread, one buffer per answer, one write per
/// event. It prints its port, then the number of unfinished answers for each line of its standard
/// input, and exits at the end of that.
final class BenchProvider {
  private static final int BACKLOG = 20_000;

  private final Selector selector = Selector.open();
  private final ServerSocketChannel server = ServerSocketChannel.open();
  private final PriorityQueue<ProviderConnection> paced = new PriorityQueue<>();
  private final ArrayDeque<ProviderConnection> ready = new ArrayDeque<>();
  private final Queue<CompletableFuture<Long>> statusRequests = new ConcurrentLinkedQueue<>();

  private BenchProvider() throws IOException {
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
  }

  public static void main(String[] arguments) throws IOException {
    BenchProvider provider = new BenchProvider();
    System.out.println(provider.server.socket().getLocalPort());
    Thread.ofVirtual().start(provider::report);
    provider.serve();
  }

  private void report() {
    try {
      var lines = new BufferedReader(new InputStreamReader(System.in, ISO_8859_1));
      while (lines.readLine() != null) {
        CompletableFuture<Long> request = new CompletableFuture<>();
        statusRequests.add(request);
        selector.wakeup();
        System.out.println(request.join());
      }
    } catch (IOException e) {
      // Exits, as at the end of the input.
    }
    System.exit(0);
  }

  private void serve() throws IOException {
    while (true) {
      select();
      for (SelectionKey key : selector.selectedKeys()) {
        if (key.isAcceptable()) {
          accept();
        } else if (key.isValid()) {
          handle((ProviderConnection) key.attachment(), key.isReadable(), key.isWritable());
        }
      }
      selector.selectedKeys().clear();
      sendDue();
      while (!statusRequests.isEmpty()) {
        statusRequests
            .remove()
            .complete(paced.stream().filter(ProviderConnection::isAnswering).count());
      }
    }
  }

  private void select() throws IOException {
    if (!ready.isEmpty()) {
      selector.selectNow();
      return;
    }
    ProviderConnection next = paced.peek();
    if (next == null) {
      selector.select();
      return;
    }
    long wait = next.due() - System.nanoTime();
    if (wait < TimeUnit.MILLISECONDS.toNanos(1)) {
      selector.selectNow();
    } else {
      selector.select(TimeUnit.NANOSECONDS.toMillis(wait));
    }
  }

  private void accept() throws IOException {
    SocketChannel channel = server.accept();
    while (channel != null) {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
      key.attach(new ProviderConnection(channel, key));
      channel = server.accept();
    }
  }

  private void handle(ProviderConnection connection, boolean readable, boolean writable) {
    try {
      if (readable && connection.read()) {
        schedule(connection);
      }
      if (writable && connection.flushUnsent()) {
        schedule(connection);
      }
    } catch (IOException e) {
      connection.close();
    }
  }

  private void schedule(ProviderConnection connection) {
    if (connection.isPaced()) {
      paced.add(connection);
    } else {
      ready.add(connection);
    }
  }

  private void sendDue() {
    long now = System.nanoTime();
    while (!paced.isEmpty() && paced.element().due() <= now) {
      sendNext(paced.remove());
    }
    for (int remaining = ready.size(); remaining > 0; remaining--) {
      sendNext(ready.remove());
    }
  }

  private void sendNext(ProviderConnection connection) {
    try {
      if (connection.sendNext()) {
        schedule(connection);
      }
    } catch (IOException e) {
      connection.close();
    }
  }
}
