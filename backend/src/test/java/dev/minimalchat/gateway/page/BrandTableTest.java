package dev.minimalchat.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The gateway and the static build (`frontend/vite/brand.test.js`) make the same bytes of the same
/// settings.
class BrandTableTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final File FIXTURE = new File("../frontend/vite/brand.fixture.json");
  private static final Map<String, String> PROPERTIES =
      Map.ofEntries(
          Map.entry("BRAND_TITLE", "title"),
          Map.entry("BRAND_LOGO", "logo"),
          Map.entry("BRAND_ACCENT", "accent"),
          Map.entry("GREETING", "greeting"),
          Map.entry("PLACEHOLDER", "placeholder"),
          Map.entry("SUGGESTIONS", "suggestions"),
          Map.entry("NOTICE", "notice"),
          Map.entry("LINKS", "links"),
          Map.entry("DISCLOSURE", "disclosure"),
          Map.entry("DISCLOSURE_PROVIDER", "provider"),
          Map.entry("PAGE_LANGUAGE", "language"));

  @ParameterizedTest
  @MethodSource
  void makesTheBytesOfTheFixture(JsonNode expected) throws IOException {
    JsonNode fixture = JSON.readTree(FIXTURE);
    Map<String, String> settings = new TreeMap<>();
    expected
        .get("environment")
        .properties()
        .forEach(each -> settings.put(PROPERTIES.get(each.getKey()), each.getValue().asText()));
    BrandProperties brand = TestBrand.of(settings);
    BrandTable table =
        JSON.treeToValue(fixture.get("table"), BrandTable.class).in(brand.language());
    BrandLogo logo = brand.logoImage();
    @Nullable String provider = settings.get("provider");

    String html = table.html(brand, logo, provider);
    String manifest = table.manifest(brand, logo);
    String version =
        PageFiles.version(html, manifest, logo == null ? new byte[0] : logo.image().getByteArray());

    assertThat(html).isEqualTo(expected.get("html").asText());
    assertThat(manifest).isEqualTo(expected.get("manifest").asText());
    assertThat(
            PageFiles.serviceWorker(
                fixture.get("serviceWorker").asText(), version, logo, brand.language()))
        .isEqualTo(expected.get("serviceWorker").asText());
  }

  static Stream<JsonNode> makesTheBytesOfTheFixture() throws IOException {
    return JSON.readTree(FIXTURE).get("cases").valueStream();
  }
}
