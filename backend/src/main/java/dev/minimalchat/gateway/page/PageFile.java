package dev.minimalchat.gateway.page;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpHeaders;
import org.springframework.util.DigestUtils;
import org.springframework.web.servlet.resource.HttpResource;

/// A file of the page in memory, in one content encoding.
final class PageFile extends ByteArrayResource implements HttpResource {
  /// The content encodings of the build and the extensions of their files, the best first.
  static final List<Encoding> ENCODINGS =
      List.of(new Encoding("br", ".br"), new Encoding("gzip", ".gz"));

  private final String path;
  private final @Nullable Encoding encoding;
  private final String etag;

  /// @param path of the file without the extension of its encoding
  PageFile(String path, @Nullable Encoding encoding, byte[] content) {
    super(content);
    this.path = path;
    this.encoding = encoding;
    this.etag = DigestUtils.md5DigestAsHex(content);
  }

  /// The digest of the content, which is the encoded one. Every build gives its files the same
  /// time, so only the content tells them apart.
  String etag() {
    return etag;
  }

  @Override
  public HttpHeaders getResponseHeaders() {
    HttpHeaders headers = new HttpHeaders();
    if (encoding != null) {
      headers.set(HttpHeaders.CONTENT_ENCODING, encoding.name());
    }
    // Spring replaces the value of OriginFilter by these.
    headers.setVary(List.of(HttpHeaders.ORIGIN, HttpHeaders.ACCEPT_ENCODING));
    return headers;
  }

  /// Decides the media type.
  @Override
  public String getFilename() {
    return path;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PageFile file
        && path.equals(file.path)
        && Arrays.equals(getByteArray(), file.getByteArray());
  }

  @Override
  public int hashCode() {
    return etag.hashCode();
  }

  record Encoding(String name, String extension) {}
}
