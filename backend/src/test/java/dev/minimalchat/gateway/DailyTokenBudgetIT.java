package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/// The response when the daily token budget is exhausted.
@TestPropertySource(properties = "minimalchat.budget.daily-tokens=1000")
@DirtiesContext
class DailyTokenBudgetIT extends RunningGateway {

  @Test
  void admitsOneOfACrowdAndRejectsTheNextOverTheBudget() throws Exception {
    var crowd = IntStream.range(0, 60).mapToObj(n -> chat("Question " + n)).toList();
    Call call = PROVIDER.take();
    await().atMost(TestTimeouts.LIMIT).until(() -> count(crowd, CompletableFuture::isDone) == 59);
    assertThat(count(crowd, it -> it.isDone() && it.join().statusCode() == 503)).isEqualTo(59);
    assertThat(metrics())
        .contains("gateway_budget_reserved_tokens 100", "gateway_budget_used_tokens 0.0");

    var admitted = crowd.stream().filter(it -> !it.isDone()).findFirst().orElseThrow();
    call.openStream();
    call.delta("Little");
    call.event(
        """
        {"type":"response.completed","response":{"status":"completed",
        "usage":{"input_tokens":4,"output_tokens":1008,"total_tokens":1012}}}\
        """
            .replace("\n", ""));
    call.endStream();
    assertThat(admitted.get(TestTimeouts.SECONDS, TimeUnit.SECONDS).body())
        .contains("response.completed");

    var rejected = chat("And now?").get(TestTimeouts.SECONDS, TimeUnit.SECONDS);

    assertThat(rejected.statusCode()).isEqualTo(503);
    assertThat(rejected.body()).contains("\"overloaded\"").doesNotContain("token", "budget");
    assertThat(rejected.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 86_400L);
    assertThat(metrics())
        .contains("gateway_budget_reserved_tokens 0.0")
        .contains("gateway_budget_used_tokens 1012.0", "gateway_budget_limit_tokens 1000.0");
  }

  private static <T> long count(List<T> all, Predicate<T> condition) {
    return all.stream().filter(condition).count();
  }
}
