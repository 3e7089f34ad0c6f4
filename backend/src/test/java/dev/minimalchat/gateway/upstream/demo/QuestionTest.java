package dev.minimalchat.gateway.upstream.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class QuestionTest {

  @Test
  void remembersWhatTheUserSaidAndNothingElse() throws Unreadable {
    Question question =
        read(
            """
            {"model":"m","stream":true,"input":[
              {"type":"message","role":"system","content":"Be kind."},
              {"type":"message","role":"user","content":"One"},
              {"type":"message","role":"assistant","content":"Two"},
              {"type":"message","role":"user","content":"Three"}]}
            """);

    assertThat(question.said()).containsExactly("One", "Three");
    assertThat(question.last()).isEqualTo("Three");
    assertThat(question.first()).isFalse();
  }

  @Test
  void takesAStringForOneMessage() throws Unreadable {
    Question question = read("{\"model\":\"m\",\"stream\":true,\"input\":\"One\"}");

    assertThat(question.said()).containsExactly("One");
    assertThat(question.first()).isTrue();
  }

  @Test
  void joinsTheTextOfParts() throws Unreadable {
    Question question =
        read(
            """
            {"model":"m","stream":true,"input":[{"role":"user","content":[
              {"type":"input_text","text":"One "},
              {"type":"input_image","image_url":"data:"},
              {"type":"input_text","text":"two"}]}]}
            """);

    assertThat(question.said()).containsExactly("One two");
  }

  @Test
  void countsTheTokensOfEverythingItWasGiven() throws Unreadable {
    Question question =
        read(
            """
            {"model":"m","stream":true,"instructions":"12345678","input":[
              {"role":"user","content":"1234"},
              {"role":"assistant","content":"12345"},
              {"role":"user","content":"1"}]}
            """);

    assertThat(question.tokens()).isEqualTo(2 + 1 + 2 + 1);
  }

  private static Question read(String body) throws Unreadable {
    return Question.read(body.getBytes(StandardCharsets.UTF_8));
  }
}
