package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestPropertySource;

/// The operator's own brand in the page.
@TestPropertySource(
    properties = {
      "minimalchat.brand.disclosure=A machine answers & can be wrong.",
      "minimalchat.brand.title=Desk",
      "minimalchat.brand.accent=#7a1fa2",
      "minimalchat.brand.logo=data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>",
      "minimalchat.page.embed-origins=https://www.example.com,https://shop.example.com"
    })
class BrandIT extends RunningGateway {
  private static final String WRITTEN = ">A machine answers &amp; can be wrong.</p>";

  private final HttpClient http = HttpClient.newHttpClient();

  @ParameterizedTest
  @ValueSource(strings = {"/", "/index.html"})
  void isInThePage(String path) throws Exception {
    HttpResponse<byte[]> page = get(path);

    assertThat(text(page)).contains(WRITTEN).doesNotContain("is an AI");
    assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache");
  }

  @Test
  void isInTheCompressedPage() throws Exception {
    HttpResponse<byte[]> page = get("/", "Accept-Encoding", "gzip, br");

    assertThat(page.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(page.headers().allValues("Vary")).anyMatch(vary -> vary.contains("Accept-Encoding"));
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(page.body()))) {
      assertThat(new String(gzip.readAllBytes(), StandardCharsets.UTF_8)).contains(WRITTEN);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/manifest.json", "/logo.svg", "/sw.js", "/config.json", "/embed.js"})
  void everyFileVariesByOrigin(String path) throws Exception {
    HttpResponse<byte[]> file = get(path);

    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(String.join(", ", file.headers().allValues("Vary"))).contains("Origin");
  }

  @Test
  void aFileVariesByItsEncodingToo() throws Exception {
    for (String encoding : List.of("identity", "gzip")) {
      assertThat(get("/", "Accept-Encoding", encoding).headers().allValues("Vary"))
          .flatExtracting(vary -> List.of(vary.split(", ", -1)))
          .containsExactlyInAnyOrder("Origin", "Accept-Encoding");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "gzip"})
  void isNotSentAgainUnchanged(String encoding) throws Exception {
    String etag = get("/", "Accept-Encoding", encoding).headers().firstValue("ETag").orElseThrow();

    assertThat(get("/", "Accept-Encoding", encoding, "If-None-Match", etag).statusCode())
        .isEqualTo(304);
  }

  @Test
  void isInTheManifestAndTheTitle() throws Exception {
    assertThat(text(get("/"))).contains("<title>Desk</title>", "--accent:#7a1fa2");
    assertThat(text(get("/manifest.json"))).contains("\"name\":\"Desk\"", "logo.svg");
    assertThat(get("/logo.svg").headers().firstValue("Content-Type")).hasValue("image/svg+xml");
  }

  @Test
  void thePolicyAllowsItsStyleAndItsFrames() throws Exception {
    assertThat(get("/").headers().firstValue("Content-Security-Policy").orElseThrow())
        .containsPattern("style-src 'self' 'sha256-[^ ]+';")
        .containsPattern("frame-ancestors https://(www|shop).example.com https://[a-z.]+;");
    assertThat(text(get("/config.json"))).contains("\"embedOrigins\":[\"https://");
  }

  @Test
  void doesNotServeTheTableOfTheBuild() throws Exception {
    assertThat(get("/brand.json").statusCode()).isEqualTo(404);
  }

  @Test
  void changesTheVersionOfTheServiceWorker() throws Exception {
    assertThat(text(get("/sw.js"))).containsPattern("minimal-chatbot-[0-9a-f]{12}-[0-9a-f]{8}");
  }

  private static String text(HttpResponse<byte[]> response) {
    assertThat(response.statusCode()).isEqualTo(200);
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    return http.send(
        (headers.length > 0 ? request.headers(headers) : request).build(),
        BodyHandlers.ofByteArray());
  }
}
