package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/// OpenAI's SDK for Java as a client of the gateway.
@TestPropertySource(properties = "minimalchat.api.tokens=" + OpenAiJavaIT.API_TOKEN)
class OpenAiJavaIT extends RunningGateway {
  static final String API_TOKEN = "the-token-of-a-java-program";
  private static final String MODEL = "gpt-4.1-mini";
  private static final String COMPLETED =
      """
      {"type":"response.completed","response":{"status":"completed","usage":\
      {"input_tokens":3,"output_tokens":2,"total_tokens":5}}}\
      """;

  private final CompletableFuture<OpenAIClient> opened = new CompletableFuture<>();

  @AfterEach
  void closeTheClient() {
    var _ = opened.thenAccept(OpenAIClient::close);
  }

  @Test
  void aResponseIsValid() throws Exception {
    var answer = start(() -> client().responses().create(question("Hello")));
    complete(PROVIDER.take());

    Response response = await(answer).validate();

    assertThat(text(response)).isEqualTo("Hello there");
    assertThat(response.status()).contains(ResponseStatus.COMPLETED);
    assertThat(response.usage().orElseThrow().totalTokens()).isEqualTo(5);
  }

  @Test
  void aResponseWithoutUsageIsValid() throws Exception {
    var answer = start(() -> client().responses().create(question("Hello")));
    Call call = PROVIDER.take();
    call.openStream();
    call.delta("Hello");
    call.event("{\"type\":\"response.completed\",\"response\":{\"status\":\"completed\"}}");
    call.endStream();

    assertThat(await(answer).validate().usage()).isEmpty();
  }

  @Test
  void aStreamAccumulatesToTheResponse() throws Exception {
    var answer =
        start(() -> {
          ResponseAccumulator accumulator = ResponseAccumulator.create();
          try (StreamResponse<ResponseStreamEvent> stream =
              client().responses().createStreaming(question("Hello"))) {
            stream.stream().forEach(event -> accumulator.accumulate(event.validate()));
          }
          return accumulator.response();
        });
    complete(PROVIDER.take());

    Response response = await(answer).validate();

    assertThat(text(response)).isEqualTo("Hello there");
    assertThat(response.usage().orElseThrow().outputTokens()).isEqualTo(2);
  }

  @Test
  void aStreamThatBreaksThrows() throws Exception {
    var answer =
        start(() -> {
          try (StreamResponse<ResponseStreamEvent> stream =
              client().responses().createStreaming(question("Hello"))) {
            return stream.stream().count();
          }
        });
    Call call = PROVIDER.take();
    call.openStream();
    call.delta("Hello");
    call.disconnect();

    assertThatThrownBy(() -> await(answer)).isInstanceOf(OpenAIException.class);
  }

  @Test
  void aChatCompletionIsValidAndItsStreamAccumulates() throws Exception {
    ChatCompletionCreateParams params =
        ChatCompletionCreateParams.builder().model(MODEL).addUserMessage("Hello").build();
    var whole = start(() -> client().chat().completions().create(params));
    complete(PROVIDER.take());
    ChatCompletion completion = await(whole).validate();
    assertThat(completion.choices().getFirst().message().content()).contains("Hello there");

    var streamed =
        start(() -> {
          ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
          try (StreamResponse<ChatCompletionChunk> stream =
              client().chat().completions().createStreaming(params)) {
            stream.stream().forEach(chunk -> accumulator.accumulate(chunk.validate()));
          }
          return accumulator.chatCompletion();
        });
    complete(PROVIDER.take());
    assertThat(await(streamed).choices().getFirst().message().content()).contains("Hello there");
  }

  @Test
  void everyErrorHasItsClass() {
    assertThatThrownBy(() ->
            client()
                .responses()
                .create(question("Hello").toBuilder().previousResponseId("resp_1").build()))
        .isInstanceOfSatisfying(
            BadRequestException.class, e -> assertThat(e.param()).contains("previous_response_id"));
    assertThatThrownBy(
            () -> client().responses().create(question("Hello").toBuilder().model("gpt-9").build()))
        .isInstanceOfSatisfying(
            NotFoundException.class, e -> assertThat(e.code()).contains("model_not_found"));
    assertThatThrownBy(
            () -> client().withOptions(options -> options.apiKey("wrong")).models().list())
        .isInstanceOf(UnauthorizedException.class);
  }

  @Test
  void theModelsAreListed() {
    assertThat(client().models().list().data())
        .singleElement()
        .satisfies(model -> assertThat(model.validate().id()).isEqualTo(MODEL));
  }

  private OpenAIClient client() {
    opened.complete(
        OpenAIOkHttpClient.builder()
            .baseUrl("http://127.0.0.1:" + port + "/v1")
            .apiKey(API_TOKEN)
            .maxRetries(0)
            .build());
    return opened.join();
  }

  private static ResponseCreateParams question(String text) {
    return ResponseCreateParams.builder().model(MODEL).input(text).build();
  }

  private static void complete(Call call) throws Exception {
    call.openStream();
    call.delta("Hello ");
    call.delta("there");
    call.event(COMPLETED);
    call.endStream();
  }

  private static String text(Response response) {
    return response.output().getFirst().asMessage().content().getFirst().asOutputText().text();
  }

  private static <T> CompletableFuture<T> start(Callable<T> request) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return request.call();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new CompletionException(e);
      }
    });
  }

  private static <T> T await(CompletableFuture<T> answer) throws Exception {
    try {
      return answer.get(TestTimeouts.SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
