package dev.minimalchat.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.json.JsonText;
import dev.minimalchat.gateway.upstream.InputItem.MultipartMessage;
import dev.minimalchat.gateway.upstream.InputItem.Part;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttachmentsTest {
  private static final String PNG = "data:image/png;base64,iVBORw0KGgo=";
  private static final AttachmentProperties ALL = new AttachmentProperties(true, "pdf");

  @ParameterizedTest
  @CsvSource({
    "image/jpeg, '\u00FF\u00D8\u00FF\u00E0 JFIF and more'",
    "image/jpg, '\u00FF\u00D8\u00FF\u00E0 JFIF and more'",
    "image/png, '\u0089PNG\r\n\u001A\n'",
    "image/gif, GIF89a and more",
    "image/gif, GIF87a",
    "image/webp, RIFFsizeWEBPVP8 and more"
  })
  void acceptsImagesThatEveryProviderReads(String type, String bytes) {
    assertThat(Attachments.image(data(type, bytes), "low", "p"))
        .returns(Part.Kind.IMAGE, Part::kind)
        .returns("low", Part::detail);
  }

  @ParameterizedTest
  @CsvSource({
    "image/png, GIF89a",
    "image/jpeg, '<svg>'",
    "image/jpg, '<svg>'",
    "image/svg, '<svg>'",
    "image/webp, RIFFsizeAVI ",
    "image/bmp, BM",
    "text/html, <html>",
    "application/pdf, %PDF-1.4",
    "image/png, ''"
  })
  void refusesWhatIsNotWhatItClaims(String type, String bytes) {
    assertRefused(data(type, bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https://example.com/a.png",
        "http://169.254.169.254/",
        "data:image/png,iVBORw0KGgo",
        "DATA:IMAGE/PNG;BASE64,iVBORw0KGgo=",
        "data:image/png;charset=x;base64,iVBORw0KGgo=",
        " data:image/png;base64,iVBORw0KGgo=",
        "data:image/png;base64, iVBORw0KGgo=",
        "data:image/png;base64,iVBORw0KGgo\u2028"
      })
  void refusesEveryOtherAddress(String url) {
    assertRefused(JsonText.of(url));
  }

  @Test
  void refusesAnImageThatIsTooLarge() {
    String head = PNG.substring(0, PNG.length() - 1);
    int room = (3 << 19) - "iVBORw0KGgo".length();

    assertThatCode(() -> Attachments.image(JsonText.of(head + "A".repeat(room)), null, "p"))
        .doesNotThrowAnyException();
    assertRefused(JsonText.of(head + "A".repeat(room + 1)));
  }

  @Test
  void refusesAnUnknownDetail() {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> Attachments.image(JsonText.of(PNG), "extreme", "p"));
  }

  @Test
  void acceptsAPdfWithANameThatCannotDeceive() {
    Part file =
        Attachments.file("a\u202Efdp.exe\n", data("application/pdf", "%PDF-1.7 and more"), "p");

    assertThat(file).returns(Part.Kind.FILE, Part::kind).returns("afdp.exe", Part::detail);
    assertThat(Attachments.file(null, data("application/pdf", "%PDF-1.7"), "p").detail())
        .isEqualTo("document.pdf");
  }

  @Test
  void refusesAFileThatIsNoPdf() {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> Attachments.file("a.pdf", data("application/pdf", "MZ"), "p"))
        .returns("p", Failure::param);
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> Attachments.file("a.pdf", null, "p"))
        .withMessage("p is missing");
  }

  @Test
  void limitsTheirNumberOverAllMessages() {
    Part image = Attachments.image(JsonText.of(PNG), null, "p");
    Part file = Attachments.file("a.pdf", data("application/pdf", "%PDF-1.7"), "p");

    check(ALL, List.of(List.of(image, image), List.of(image, image, file)));
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> check(ALL, List.of(List.of(image, image), List.of(image, image, image))))
        .withMessage("messages has more than 4 images");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> check(ALL, List.of(List.of(file), List.of(file))))
        .withMessage("messages has more than 1 file");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> check(new AttachmentProperties(false, "pdf"), List.of(List.of(image))));
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> check(new AttachmentProperties(true, "off"), List.of(List.of(file))));
  }

  @Test
  void anImageCountsAsAThousandTokens() {
    Part image = Attachments.image(JsonText.of(PNG), null, "p");

    assertThat(new MultipartMessage(Role.USER, Collections.nCopies(2, image)).characters())
        .isEqualTo(8_000);
  }

  private static void check(AttachmentProperties allowed, List<List<Part>> messages) {
    List<InputItem> input =
        messages.stream().<InputItem>map(parts -> new MultipartMessage(Role.USER, parts)).toList();
    Attachments.check(input, allowed, "messages");
  }

  private static void assertRefused(JsonText url) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> Attachments.image(url, null, "messages[0].content[1].image_url"))
        .returns("messages[0].content[1].image_url", Failure::param);
  }

  private static JsonText data(String type, String latin1) {
    String base64 =
        Base64.getEncoder().encodeToString(latin1.getBytes(StandardCharsets.ISO_8859_1));
    return JsonText.of("data:" + type + ";base64," + base64);
  }
}
