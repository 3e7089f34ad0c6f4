package dev.minimalchat.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DemoRequestTest {

  @Test
  void readsTheMessagesOfTheUserOnly() throws BadRequestException {
    DemoRequest request =
        parse(
            """
            {"model":"m","stream":true,"input":[
              {"type":"message","role":"system","content":"Be kind."},
              {"type":"message","role":"user","content":"One"},
              {"type":"message","role":"assistant","content":"Two"},
              {"type":"message","role":"user","content":"Three"}]}
            """);

    assertThat(request.userMessages()).containsExactly("One", "Three");
    assertThat(request.lastMessage()).isEqualTo("Three");
    assertThat(request.isFirst()).isFalse();
  }

  @Test
  void readsAStringAsOneMessage() throws BadRequestException {
    DemoRequest request = parse("{\"model\":\"m\",\"stream\":true,\"input\":\"One\"}");

    assertThat(request.userMessages()).containsExactly("One");
    assertThat(request.isFirst()).isTrue();
  }

  @Test
  void joinsTheTextsOfParts() throws BadRequestException {
    DemoRequest request =
        parse(
            """
            {"model":"m","stream":true,"input":[{"role":"user","content":[
              {"type":"input_text","text":"One "},
              {"type":"input_image","image_url":"data:"},
              {"type":"input_text","text":"two"}]}]}
            """);

    assertThat(request.userMessages()).containsExactly("One two");
  }

  @Test
  void countsTheTokensOfTheWholeInput() throws BadRequestException {
    DemoRequest request =
        parse(
            """
            {"model":"m","stream":true,"instructions":"12345678","input":[
              {"role":"user","content":"1234"},
              {"role":"assistant","content":"12345"},
              {"role":"user","content":"1"}]}
            """);

    assertThat(request.inputTokens()).isEqualTo(2 + 1 + 2 + 1);
  }

  private static DemoRequest parse(String body) throws BadRequestException {
    return DemoRequest.parse(body.getBytes(StandardCharsets.UTF_8));
  }
}
