package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.DigestUtils;

/// The caching of the page's files across releases. All files of a build have the same time.
class PageFileIT extends RunningGateway {
  private final HttpClient http = HttpClient.newHttpClient();

  @ParameterizedTest
  @ValueSource(strings = {"identity", "br", "gzip"})
  void identifiesAFileByItsContentInEveryEncoding(String encoding) throws Exception {
    HttpResponse<byte[]> file = get("Accept-Encoding", encoding);

    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.headers().firstValue("Content-Encoding").orElse("identity"))
        .isEqualTo(encoding);
    assertThat(etag(file)).isEqualTo('"' + DigestUtils.md5DigestAsHex(file.body()) + '"');
    assertThat(file.headers().firstValue("Last-Modified")).isEmpty();
    assertThat(get("Accept-Encoding", encoding, "If-None-Match", etag(file)).statusCode())
        .isEqualTo(304);
  }

  @Test
  void sendsAFileWhoseContentIsAnother() throws Exception {
    String brotli = etag(get("Accept-Encoding", "br"));

    assertThat(get("If-None-Match", "\"of-the-last-release\"").statusCode()).isEqualTo(200);
    assertThat(get("Accept-Encoding", "gzip", "If-None-Match", brotli).statusCode()).isEqualTo(200);
  }

  @Test
  void sendsAFileWhateverTimeTheBrowserHas() throws Exception {
    assertThat(get("If-Modified-Since", "Thu, 01 Jan 2099 00:00:00 GMT").statusCode())
        .isEqualTo(200);
  }

  private static String etag(HttpResponse<?> response) {
    return response.headers().firstValue("ETag").orElse("none");
  }

  private HttpResponse<byte[]> get(String... headers) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
            .headers(headers)
            .build(),
        BodyHandlers.ofByteArray());
  }
}
