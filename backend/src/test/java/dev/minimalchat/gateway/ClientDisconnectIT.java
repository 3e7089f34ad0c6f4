package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/// Clients that disconnect in every phase of an answer.
@ExtendWith(OutputCaptureExtension.class)
class ClientDisconnectIT extends RunningGateway {
  private static final int CYCLES = 500;
  private static final int TOLERANCE = 20;

  private final Random random = new Random(1);
  private final List<Call> calls = new ArrayList<>();

  @Test
  void releasesPermitsThreadsAndConnectionsWhenClientsDisconnect(CapturedOutput output)
      throws Exception {
    connectAndDisconnect("warm-up", Phase.COMPLETED);
    int threads = Thread.activeCount();
    long descriptors = descriptors();

    for (int cycle = 0; cycle < CYCLES; cycle++) {
      Phase phase = Phase.values()[random.nextInt(Phase.values().length)];
      connectAndDisconnect("<cycle-" + cycle + ">", phase);
    }

    calls.forEach(Call::awaitDisconnect);
    await().atMost(TestTimeouts.LIMIT).until(() -> activeStreams() == 0);
    await().atMost(TestTimeouts.LIMIT).until(() -> descriptors() < descriptors + TOLERANCE);
    assertThat(Thread.activeCount()).isLessThan(threads + TOLERANCE);
    assertThat(output).doesNotContain("\"level\":\"ERROR\"", "stack_trace");
    assertServesNewRequests();
  }

  private void connectAndDisconnect(String content, Phase phase) throws Exception {
    SocketClient client = new SocketClient(port);
    if (phase == Phase.BODY_PARTLY_SENT) {
      client.send(SocketClient.head(1000) + "{");
    } else {
      client.post(content);
    }
    if (phase.compareTo(Phase.UPSTREAM_REQUESTED) >= 0) {
      proceedTo(client, takeCall(content), phase);
    }
    if (random.nextBoolean()) {
      client.reset();
    } else {
      client.close();
    }
  }

  private void proceedTo(SocketClient client, Call call, Phase phase) throws Exception {
    if (phase.compareTo(Phase.UPSTREAM_RESPONDED) >= 0) {
      call.openStream();
    }
    if (phase.compareTo(Phase.FIRST_DELTA_RECEIVED) >= 0) {
      call.delta("Hello");
      client.readUntil("Hello");
      call.delta("second");
    }
    if (phase == Phase.COMPLETED) {
      call.complete();
      call.endStream();
      client.readUntil("event: response.completed");
    } else {
      // A write to the closed connection lets the gateway detect the disconnect.
      call.delta("third");
      calls.add(call);
    }
  }

  /// Returns the upstream call with this content. Earlier clients that disconnected before their
  /// upstream call may or may not have caused one.
  private Call takeCall(String content) {
    Call call = PROVIDER.take();
    while (!call.body().contains(content)) {
      calls.add(call);
      call = PROVIDER.take();
    }
    return call;
  }

  private void assertServesNewRequests() throws Exception {
    for (int i = 0; i < 2; i++) {
      var answer = chat("<after-" + i + ">");
      takeCall("<after-" + i + ">").answer("still here");
      assertThat(answer.get(TestTimeouts.SECONDS, TimeUnit.SECONDS).body())
          .contains("still here", "response.completed");
    }
  }

  private static long descriptors() {
    return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getOpenFileDescriptorCount();
  }

  /// The phase in which the client disconnects.
  private enum Phase {
    BODY_PARTLY_SENT,
    BODY_SENT,
    UPSTREAM_REQUESTED,
    UPSTREAM_RESPONDED,
    FIRST_DELTA_RECEIVED,
    COMPLETED
  }
}
