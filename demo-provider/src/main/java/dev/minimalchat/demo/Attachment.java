package dev.minimalchat.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/// An image or a PDF of a message, as far as the demo describes it.
///
/// @param isImage otherwise a PDF
/// @param name of the file, or empty
/// @param size of the image, such as `1600 × 1200`, or empty
record Attachment(boolean isImage, String name, String size, int bytes) {
  private static final int JPEG = 0xFFD8;
  private static final int PNG = 0x8950;
  private static final int GIF = 0x4749;
  private static final int PNG_SIZE_OFFSET = 16;
  private static final int GIF_SIZE_OFFSET = 6;
  private static final int KILOBYTE = 1024;

  /// The attachments of a message. Parts whose data cannot be read are left out.
  static List<Attachment> of(JsonNode content) {
    List<Attachment> all = new ArrayList<>();
    for (JsonNode part : content) {
      boolean isImage = part.path("type").asText().equals("input_image");
      byte[] data = data(part.path(isImage ? "image_url" : "file_data").asText());
      if (data.length > 0) {
        String size = isImage ? size(ByteBuffer.wrap(data)) : "";
        all.add(new Attachment(isImage, part.path("filename").asText(), size, data.length));
      }
    }
    return all;
  }

  /// Such as `one image, 1600 × 1200, 240 KB, and one PDF, report.pdf, 12 KB`.
  static String describe(List<Attachment> attachments) {
    List<Attachment> images = attachments.stream().filter(Attachment::isImage).toList();
    List<Attachment> files = attachments.stream().filter(one -> !one.isImage()).toList();
    List<String> groups = new ArrayList<>();
    if (!images.isEmpty()) {
      groups.add(describe(images, "image"));
    }
    if (!files.isEmpty()) {
      groups.add(describe(files, "PDF"));
    }
    return String.join(", and ", groups);
  }

  private static String describe(List<Attachment> group, String noun) {
    String details = String.join("; ", group.stream().map(Attachment::details).toList());
    return group.size() == 1
        ? "one " + noun + ", " + details
        : group.size() + " " + noun + "s: " + details;
  }

  private String details() {
    List<String> details = new ArrayList<>();
    if (!name.isEmpty()) {
      details.add(MarkdownQuote.of(name));
    }
    if (!size.isEmpty()) {
      details.add(size);
    }
    details.add(
        bytes < KILOBYTE
            ? bytes + " bytes"
            : String.format(Locale.ROOT, "%d KB", Math.ceilDiv(bytes, KILOBYTE)));
    return String.join(", ", details);
  }

  private static byte[] data(String address) {
    try {
      return Base64.getDecoder().decode(address.substring(address.indexOf(',') + 1));
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static String size(ByteBuffer image) {
    if (image.limit() < PNG_SIZE_OFFSET + Long.BYTES) {
      return "";
    }
    return switch (image.getChar(0)) {
      case JPEG -> jpegSize(image);
      case PNG -> image.getInt(PNG_SIZE_OFFSET) + " × " + image.getInt(PNG_SIZE_OFFSET + 4);
      case GIF ->
          (int) Character.reverseBytes(image.getChar(GIF_SIZE_OFFSET))
              + " × "
              + (int) Character.reverseBytes(image.getChar(GIF_SIZE_OFFSET + 2));
      default -> "";
    };
  }

  /// From the first frame header, after segments that say how long they are.
  private static String jpegSize(ByteBuffer image) {
    for (int at = 2; at >= 0 && at + 9 <= image.limit(); ) {
      int marker = image.getChar(at);
      boolean isFrame =
          marker >= 0xFFC0
              && marker <= 0xFFCF
              && marker != 0xFFC4
              && marker != 0xFFC8
              && marker != 0xFFCC;
      if (isFrame) {
        return (int) image.getChar(at + 7) + " × " + (int) image.getChar(at + 5);
      }
      at += 2 + image.getChar(at + 2);
    }
    return "";
  }
}
