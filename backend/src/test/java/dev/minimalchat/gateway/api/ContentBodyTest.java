package dev.minimalchat.gateway.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.json.JsonBodyReader;
import dev.minimalchat.gateway.upstream.InputItem.Part;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The parts of a message, in the shapes of both APIs.
class ContentBodyTest {
  private static final String PDF = "data:application/pdf;base64,JVBERi0xLjQK";

  @AutoClose private final ValidatorFactory validators = Validation.buildDefaultValidatorFactory();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'input_file','filename':'a.pdf','file_data':'" + PDF + "'}",
        "{'type':'file','file':{'filename':'a.pdf','file_data':'" + PDF + "'}}"
      })
  void readsAFile(String part) throws JsonProcessingException {
    assertThat(parts(part))
        .singleElement()
        .returns(Part.Kind.FILE, Part::kind)
        .returns("a.pdf", Part::detail)
        .returns(PDF.length(), it -> it.text().length());
  }

  @Test
  void aFileWithoutANameHasOne() throws JsonProcessingException {
    assertThat(parts("{'type':'file','file':{'file_data':'" + PDF + "'}}"))
        .extracting(Part::detail)
        .containsExactly("document.pdf");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':'input_file','file_id':'f'}      | p[0]",
        "{'type':'file','file':{'file_id':'f'}}   | p[0].file",
        "{'type':'file','file':{'file_data':'x'}} | p[0].file.file_data",
        "{'type':'file'}                          | p[0].file",
        "{'type':'file','file_data':'x'}          | p[0].file"
      })
  void refusesAFileThatIsNotThere(String part, String param) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> parts(part))
        .returns(param, Failure::param);
  }

  private List<Part> parts(String part) throws JsonProcessingException {
    byte[] json = ("[" + part.replace('\'', '"') + "]").getBytes(UTF_8);
    return new JsonBodyReader(new JsonMapper(), validators.getValidator())
        .parse(json, ContentBody.class)
        .toParts("p");
  }
}
