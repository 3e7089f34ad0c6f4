package dev.minimalchat.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DemoRequestTest {
  private static final String PNG = "89504E470D0A1A0A0000000D494844520000005000000028";

  /// After one segment, the header of a frame of 1600 × 1200.
  private static final String JPEG = "FFD8FFE000040000FFC0001108" + "04B00640" + "00".repeat(12);

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
  void readsWhatIsAttachedToTheLastMessage() throws BadRequestException {
    DemoRequest request =
        parse(
            """
            {"model":"m","stream":true,"input":[
              {"role":"user","content":[
                {"type":"input_image","image_url":"data:image/png;base64,%s"}]},
              {"role":"user","content":[
                {"type":"input_text","text":"Look"},
                {"type":"input_image","image_url":"data:image/jpeg;base64,%s"},
                {"type":"input_file","filename":"a_b.pdf","file_data":"data:application/pdf;base64,JVBERi0="}]}]}
            """
                .formatted(base64(PNG), base64(JPEG)));

    assertThat(Attachment.describe(request.attachments()))
        .isEqualTo("one image, 1600 × 1200, 29 bytes, and one PDF, a\\_b\\.pdf, 5 bytes");
    assertThat(request.earlierAttachments()).isEqualTo(1);
    assertThat(request.inputTokens()).isEqualTo(3001);
  }

  @Test
  void readsTheSizeOfAnImage() {
    assertThat(size(PNG)).isEqualTo("80 × 40");
    assertThat(size(JPEG)).isEqualTo("1600 × 1200");
    assertThat(size("4749463839610A000500" + "00".repeat(20))).isEqualTo("10 × 5");
    assertThat(size("FFD8FFE00002" + "00".repeat(20))).isEmpty();
    assertThat(size("00".repeat(30))).isEmpty();
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

  private static String size(String hex) {
    String part = "[{\"type\":\"input_image\",\"image_url\":\"data:,%s\"}]".formatted(base64(hex));
    try {
      return Attachment.of(new JsonMapper().readTree(part)).getFirst().size();
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static String base64(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }

  private static DemoRequest parse(String body) throws BadRequestException {
    return DemoRequest.parse(body.getBytes(StandardCharsets.UTF_8));
  }
}
