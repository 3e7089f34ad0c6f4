package dev.minimalchat.gateway.api;

import static dev.minimalchat.gateway.api.Program.CHAT;
import static dev.minimalchat.gateway.api.Program.RESPONSES;
import static dev.minimalchat.gateway.api.Program.body;
import static dev.minimalchat.gateway.api.Program.withToken;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/// Bodies that are compressed.
@ApiContractTest
class EncodedBodyContractTest {
  @Autowired Program program;
  @Autowired MockMvcTester mvc;

  @ParameterizedTest
  @ValueSource(strings = {RESPONSES, CHAT})
  void aProgramIsToldWhichHeaderIsRefused(String path) {
    MockHttpServletResponse response =
        program.send(program.request(path, "{}").header(HttpHeaders.CONTENT_ENCODING, "gzip"));

    assertThat(response.getStatus()).isEqualTo(415);
    JsonNode error = body(response).get("error");
    assertThat(error.get("code").asText()).isEqualTo("unsupported_media_type");
    assertThat(error.get("param").asText()).isEqualTo("Content-Encoding");
    assertThat(error.get("message").asText()).isEqualTo("Content-Encoding is not supported");
  }

  @Test
  void thePageHasItsSentence() {
    MockHttpServletResponse response =
        program.send(
            withToken(mvc.post().uri("/v1/chat"), ApiContractTest.PAGE_TOKEN)
                .contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CONTENT_ENCODING, "gzip")
                .content("{}"));

    assertThat(response.getStatus()).isEqualTo(415);
    JsonNode error = body(response).get("error");
    assertThat(error.get("message").asText()).isEqualTo("Something went wrong. Please try again.");
    assertThat(error.has("param")).isFalse();
  }
}
