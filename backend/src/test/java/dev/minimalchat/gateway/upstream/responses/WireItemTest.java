package dev.minimalchat.gateway.upstream.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.minimalchat.gateway.json.JsonText;
import dev.minimalchat.gateway.upstream.InputItem.MultipartMessage;
import dev.minimalchat.gateway.upstream.InputItem.Part;
import dev.minimalchat.gateway.upstream.Message;
import dev.minimalchat.gateway.upstream.Role;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The items of a request, as they are sent.
class WireItemTest {
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void theTextBesideARefusalHasAnnotations() throws IOException {
    MultipartMessage answer =
        new MultipartMessage(
            Role.ASSISTANT,
            List.of(
                Part.text(JsonText.of("a")),
                new Part(Part.Kind.REFUSAL, JsonText.of("No."), null)));

    assertThat(JSON.readTree(JSON.writeValueAsBytes(WireItem.of(answer))).get("content"))
        .isEqualTo(
            JSON.readTree(
                """
                [{"type":"output_text","text":"a","annotations":[]},
                 {"type":"refusal","refusal":"No."}]
                """));
  }

  @Test
  void anEmptySystemMessageIsNoParagraph() throws IOException {
    List<Message> messages =
        List.of(
            new Message(Role.SYSTEM, JsonText.of("a")),
            new Message(Role.SYSTEM, JsonText.of(" ")),
            new Message(Role.SYSTEM, JsonText.of("b")),
            new Message(Role.USER, JsonText.of("c")));
    SystemMessages system = SystemMessages.of(null, List.copyOf(messages));

    assertThat(JSON.readTree(JSON.writeValueAsBytes(system.instructions())).asText())
        .isEqualTo("a\n\nb");
    assertThat(system.folded()).isEqualTo(3);
  }
}
