package dev.minimalchat.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.UpstreamEvent.FunctionCallArguments;
import dev.minimalchat.gateway.upstream.UpstreamEvent.FunctionCallDone;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ResponseOutputTest {
  private final AtomicLong reserved = new AtomicLong();
  private final ResponseOutput output = new ResponseOutput("a", reserved::addAndGet, (_, _) -> {});

  @Test
  void reservesTheMemoryOfWhatItKeeps() {
    output.add(new TextDelta("a".repeat(1000)));

    assertThat(reserved.get()).isGreaterThanOrEqualTo(4000);
  }

  @Test
  void endsAnEndlessAnswer() {
    TextDelta megabyte = new TextDelta("a".repeat(1 << 20));

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> {
          for (int i = 0; i < 10; i++) {
            output.add(megabyte);
          }
        })
        .returns(ErrorCode.PROVIDER_ERROR, Failure::code);
  }

  @Test
  void ignoresArgumentsOfACallThatHasNotBegun() {
    output.add(new FunctionCallArguments(0, "{}"));
    output.add(new FunctionCallDone(0));

    assertThat(output.items()).isEmpty();
  }
}
