package dev.minimalchat.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.Function;

/// Runs a load against one gateway, with all connections in one thread.
final class LoadGenerator implements AutoCloseable {
  private static final int NANOS_PER_MILLI = 1_000_000;

  private final Selector selector = Selector.open();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 << 10);
  private final InetSocketAddress gateway;
  private final Function<AnswerScript, byte[]> request;
  private final Load load;
  private final LoadResult result = new LoadResult();
  private long start;
  private int requestsSent;
  private int open;

  LoadGenerator(int port, Function<AnswerScript, byte[]> request, Load load) throws IOException {
    this.gateway = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.request = request;
    this.load = load;
  }

  /// Blocks until all responses are complete or the load times out.
  LoadResult run() throws IOException {
    start = System.nanoTime();
    int opened = 0;
    while (opened < load.concurrency() || open > 0) {
      long now = System.nanoTime();
      if (now - start > load.timeoutNanos()) {
        failOpen();
        break;
      }
      for (long target = targetConnections(now - start); opened < target; opened++) {
        open();
      }
      selector.select(opened < load.concurrency() ? 1 : 100);
      for (SelectionKey key : selector.selectedKeys()) {
        handle(key);
      }
      selector.selectedKeys().clear();
    }
    return result;
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }

  /// The number of connections to open until then.
  private long targetConnections(long elapsedNanos) {
    return load.rampMillis() == 0
        ? load.concurrency()
        : Math.min(
            load.concurrency(),
            1 + load.concurrency() * (elapsedNanos / NANOS_PER_MILLI) / load.rampMillis());
  }

  private void open() throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
    BrowserConnection connection = new BrowserConnection(channel, result);
    key.attach(connection);
    open++;
    if (channel.connect(gateway)) {
      onConnected(key, connection);
    }
  }

  private void handle(SelectionKey key) {
    BrowserConnection connection = (BrowserConnection) key.attachment();
    try {
      if (key.isConnectable() && ((SocketChannel) key.channel()).finishConnect()) {
        onConnected(key, connection);
      } else if (key.isReadable() && connection.read(buffer)) {
        if (connection.isReusable()) {
          next(key, connection);
        } else {
          close(key, connection);
          open();
        }
      }
    } catch (IOException | IllegalStateException e) {
      result.recordFailure(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
      close(key, connection);
    }
  }

  private void close(SelectionKey key, BrowserConnection connection) {
    connection.close(key);
    open--;
  }

  private void onConnected(SelectionKey key, BrowserConnection connection) throws IOException {
    key.interestOps(SelectionKey.OP_READ);
    next(key, connection);
  }

  private void next(SelectionKey key, BrowserConnection connection) throws IOException {
    if (requestsSent == load.answers()
        || System.nanoTime() - start > load.durationMillis() * (long) NANOS_PER_MILLI) {
      close(key, connection);
      return;
    }
    AnswerScript script = load.script(requestsSent++);
    connection.send(request.apply(script), script);
  }

  private void failOpen() {
    for (int i = 0; i < open; i++) {
      result.recordFailure("timeout");
    }
  }
}
