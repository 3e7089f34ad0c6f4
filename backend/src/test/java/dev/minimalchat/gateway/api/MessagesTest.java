package dev.minimalchat.gateway.api;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.json.JsonText;
import dev.minimalchat.gateway.limits.TestStreamLimiter;
import dev.minimalchat.gateway.upstream.AttachmentProperties;
import dev.minimalchat.gateway.upstream.InputItem;
import dev.minimalchat.gateway.upstream.InputItem.Part;
import dev.minimalchat.gateway.upstream.Role;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessagesTest {

  @ParameterizedTest
  @MethodSource("withImages")
  void acceptsImagesOnlyIfTheModelsCanReadThem(InputItem item) {
    assertThatCode(() -> check(item, true)).doesNotThrowAnyException();
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> check(item, false))
        .returns("input", Failure::param);
  }

  static Stream<InputItem> withImages() {
    List<Part> parts =
        List.of(
            Part.text(JsonText.of("a")),
            new Part(Part.Kind.IMAGE, JsonText.of("data:image/png;base64,iVBORw0KGgo="), null));
    return Stream.of(
        new InputItem.MultipartMessage(Role.USER, parts),
        new InputItem.FunctionCallOutput("c", parts));
  }

  private static void check(InputItem item, boolean vision) {
    Messages.check(
        List.of(item),
        TestStreamLimiter.limits(),
        new AttachmentProperties(vision, "off"),
        "input");
  }
}
