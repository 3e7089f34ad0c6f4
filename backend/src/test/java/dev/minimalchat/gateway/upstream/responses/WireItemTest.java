package dev.minimalchat.gateway.upstream.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.minimalchat.gateway.json.JsonText;
import dev.minimalchat.gateway.upstream.InputItem.FunctionCallOutput;
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
  void anOutputOfSeveralTextsIsOneText() throws IOException {
    FunctionCallOutput output =
        new FunctionCallOutput(
            "c", List.of(Part.text(JsonText.of("a")), Part.text(JsonText.of("b"))));

    assertThat(JSON.readTree(JSON.writeValueAsBytes(WireItem.of(output))).get("output"))
        .isEqualTo(TextNode.valueOf("a\n\nb"));
  }

  @Test
  void anOutputWithAnImageHasParts() throws IOException {
    Part image = new Part(Part.Kind.IMAGE, JsonText.of("data:image/png;base64,AA"), "low");
    FunctionCallOutput output =
        new FunctionCallOutput("c", List.of(Part.text(JsonText.of("a")), image));

    assertThat(JSON.readTree(JSON.writeValueAsBytes(WireItem.of(output))).get("output"))
        .extracting(part -> part.get("type").asText())
        .containsExactly("input_text", "input_image");
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
