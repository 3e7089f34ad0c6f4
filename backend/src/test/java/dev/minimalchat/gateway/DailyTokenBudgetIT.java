package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/// The response when the daily token budget is exhausted.
@TestPropertySource(properties = "minimalchat.budget.daily-tokens=10")
@DirtiesContext
class DailyTokenBudgetIT extends RunningGateway {

  @Test
  void finishesTheRunningAnswerAndRejectsTheNextOverTheBudget() throws Exception {
    var last = chat("What is left?");
    Call call = PROVIDER.take();
    call.openStream();
    call.delta("Little");
    call.event(
        """
        {"type":"response.completed","response":{"status":"completed",
        "usage":{"input_tokens":4,"output_tokens":8,"total_tokens":12}}}\
        """
            .replace("\n", ""));
    call.endStream();
    assertThat(last.get(TestTimeouts.SECONDS, TimeUnit.SECONDS).body())
        .contains("response.completed");

    var rejected = chat("And now?").get(TestTimeouts.SECONDS, TimeUnit.SECONDS);

    assertThat(rejected.statusCode()).isEqualTo(503);
    assertThat(rejected.body()).contains("\"overloaded\"").doesNotContain("token", "budget");
    assertThat(rejected.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 86_400L);
    assertThat(metrics())
        .contains("gateway_budget_used_tokens 12.0", "gateway_budget_limit_tokens 10.0");
  }
}
