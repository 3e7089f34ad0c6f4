package dev.minimalchat.bench;

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

/// A provider that costs little beside what it measures: one thread, one buffer an answer, one
/// write an event. Prints its port, then for each line it is given how many answers it is in the
/// middle of, and ends with its standard input.
final class ScriptedProvider {
  private static final int BACKLOG = 20_000;

  private final Selector selector = Selector.open();
  private final ServerSocketChannel server = ServerSocketChannel.open();
  private final PriorityQueue<ScriptedAnswer> paced = new PriorityQueue<>();
  private final ArrayDeque<ScriptedAnswer> ready = new ArrayDeque<>();
  private final Queue<CompletableFuture<Long>> questions = new ConcurrentLinkedQueue<>();

  private ScriptedProvider() throws IOException {
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
  }

  public static void main(String[] arguments) throws IOException {
    ScriptedProvider provider = new ScriptedProvider();
    System.out.println(provider.server.socket().getLocalPort());
    Thread.ofVirtual().start(provider::report);
    provider.serve();
  }

  private void report() {
    try {
      var lines = new BufferedReader(new InputStreamReader(System.in));
      while (lines.readLine() != null) {
        CompletableFuture<Long> question = new CompletableFuture<>();
        questions.add(question);
        selector.wakeup();
        System.out.println(question.join());
      }
    } catch (IOException e) {
      // Then it is over, too.
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
          turn((ScriptedAnswer) key.attachment(), key.isReadable(), key.isWritable());
        }
      }
      selector.selectedKeys().clear();
      sayWhatIsDue();
      while (!questions.isEmpty()) {
        questions.remove().complete(paced.stream().filter(ScriptedAnswer::isOpen).count());
      }
    }
  }

  private void select() throws IOException {
    if (!ready.isEmpty()) {
      selector.selectNow();
      return;
    }
    ScriptedAnswer next = paced.peek();
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
      key.attach(new ScriptedAnswer(channel, key));
      channel = server.accept();
    }
  }

  private void turn(ScriptedAnswer answer, boolean readable, boolean writable) {
    try {
      if (readable && answer.read()) {
        schedule(answer);
      }
      if (writable && answer.unblock()) {
        schedule(answer);
      }
    } catch (IOException e) {
      answer.abandon();
    }
  }

  private void schedule(ScriptedAnswer answer) {
    if (answer.isPaced()) {
      paced.add(answer);
    } else {
      ready.add(answer);
    }
  }

  private void sayWhatIsDue() {
    long now = System.nanoTime();
    while (!paced.isEmpty() && paced.element().due() <= now) {
      say(paced.remove());
    }
    for (int turns = ready.size(); turns > 0; turns--) {
      say(ready.remove());
    }
  }

  private void say(ScriptedAnswer answer) {
    try {
      if (answer.say()) {
        schedule(answer);
      }
    } catch (IOException e) {
      answer.abandon();
    }
  }
}
