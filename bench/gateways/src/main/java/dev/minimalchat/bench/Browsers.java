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

/// All browsers of one run, in one thread.
final class Browsers implements AutoCloseable {
  private static final int MILLIS = 1_000_000;

  private final Selector selector = Selector.open();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 << 10);
  private final InetSocketAddress gateway;
  private final Function<Script, byte[]> request;
  private final Load load;
  private final Tally tally = new Tally();
  private long start;
  private int asked;
  private int open;

  Browsers(int port, Function<Script, byte[]> request, Load load) throws IOException {
    this.gateway = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.request = request;
    this.load = load;
  }

  /// Asks all questions and reads all answers.
  Tally run() throws IOException {
    start = System.nanoTime();
    int opened = 0;
    while (opened < load.atATime() || open > 0) {
      long now = System.nanoTime();
      if (now - start > load.deadlineNanos()) {
        giveUp();
        break;
      }
      for (long due = due(now - start); opened < due; opened++) {
        open();
      }
      selector.select(opened < load.atATime() ? 1 : 100);
      for (SelectionKey key : selector.selectedKeys()) {
        turn(key);
      }
      selector.selectedKeys().clear();
    }
    return tally;
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }

  /// How many browsers should be open by then.
  private long due(long elapsedNanos) {
    return load.ramp() == 0
        ? load.atATime()
        : Math.min(load.atATime(), 1 + load.atATime() * (elapsedNanos / MILLIS) / load.ramp());
  }

  private void open() throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
    Client client = new Client(channel, tally);
    key.attach(client);
    open++;
    if (channel.connect(gateway)) {
      begin(key, client);
    }
  }

  private void turn(SelectionKey key) {
    Client client = (Client) key.attachment();
    try {
      if (key.isConnectable() && ((SocketChannel) key.channel()).finishConnect()) {
        begin(key, client);
      } else if (key.isReadable() && client.read(buffer)) {
        if (client.mayAskAgain()) {
          next(key, client);
        } else {
          leave(key, client);
          open();
        }
      }
    } catch (IOException | IllegalStateException e) {
      tally.failed(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
      leave(key, client);
    }
  }

  private void leave(SelectionKey key, Client client) {
    client.leave(key);
    open--;
  }

  private void begin(SelectionKey key, Client client) throws IOException {
    key.interestOps(SelectionKey.OP_READ);
    next(key, client);
  }

  private void next(SelectionKey key, Client client) throws IOException {
    if (asked == load.answers() || System.nanoTime() - start > load.duration() * (long) MILLIS) {
      leave(key, client);
      return;
    }
    Script script = load.script(asked++);
    client.ask(request.apply(script), script);
  }

  private void giveUp() {
    for (int i = 0; i < open; i++) {
      tally.failed("no end in time");
    }
  }
}
