package dev.minimalchat.gateway.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.resource.HttpResource;

/// A file of the page that is made at start rather than at build time.
final class GeneratedFile extends ByteArrayResource implements HttpResource {
  private final String name;
  private final boolean isGzip;

  private GeneratedFile(String name, byte[] content, boolean isGzip) {
    super(content);
    this.name = name;
    this.isGzip = isGzip;
  }

  static GeneratedFile of(String name, String content) {
    return new GeneratedFile(name, content.getBytes(StandardCharsets.UTF_8), false);
  }

  GeneratedFile gzipped() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(getByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new GeneratedFile(name, bytes.toByteArray(), true);
  }

  @Override
  public HttpHeaders getResponseHeaders() {
    HttpHeaders headers = new HttpHeaders();
    if (isGzip) {
      headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    headers.set(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    return headers;
  }

  /// Decides the media type.
  @Override
  public String getFilename() {
    return name;
  }

  /// Identifies the content to the cache of digests.
  @Override
  public URI getURI() {
    return URI.create("generated:" + name + (isGzip ? ".gz" : ""));
  }
}
