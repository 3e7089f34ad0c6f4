package dev.minimalchat.gateway.upstream;

import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.json.JsonText;
import dev.minimalchat.gateway.upstream.InputItem.Part;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Checks the images and files of a request. They stand in the request itself, never at an address:
/// the provider would fetch that, from wherever it leads. Their first bytes must be what their type
/// claims.
public final class Attachments {
  private static final int MAX_IMAGES = 4;
  private static final int MAX_FILES = 1;

  /// Of base64.
  private static final int MAX_IMAGE_CHARS = 3 << 19;

  private static final int MAX_FILE_CHARS = 4 << 20;

  private static final Set<String> DETAILS = Set.of("auto", "low", "high", "original");
  private static final Pattern DATA_ADDRESS =
      Pattern.compile("data:([a-z]+/[a-z]+);base64,([A-Za-z0-9+/]*)={0,2}");

  /// As much as the longest type and the bytes that tell it.
  private static final int BEGINNING_CHARS = 64;

  private static final int MAX_NAME_CHARS = 200;

  private Attachments() {}

  /// An image of a request.
  ///
  /// @param param the path of its address in the request, for an error
  /// @throws Failure if it is no image that every provider reads, or too large
  public static Part image(@Nullable JsonText url, @Nullable String detail, String param) {
    check(
        url,
        "image/",
        MAX_IMAGE_CHARS,
        param,
        "is not a data: address of a JPEG, PNG, GIF or WebP");
    if (detail != null && !DETAILS.contains(detail)) {
      throw Failure.invalidParameter(param, "has an unknown detail");
    }
    return new Part(Part.Kind.IMAGE, Objects.requireNonNull(url), detail);
  }

  /// A file of a request.
  ///
  /// @param param the path of its data in the request, for an error
  /// @throws Failure if it is no PDF, or too large
  public static Part file(@Nullable String filename, @Nullable JsonText data, String param) {
    check(data, "application/pdf", MAX_FILE_CHARS, param, "is not a data: address of a PDF");
    String name = filename == null ? null : DisplayText.of(filename, MAX_NAME_CHARS);
    return new Part(
        Part.Kind.FILE,
        Objects.requireNonNull(data),
        Objects.requireNonNullElse(name, "document.pdf"));
  }

  /// Checks how many there are, and whether the models read them.
  ///
  /// @param param the list of messages, for an error
  /// @throws Failure if there are too many, or one that is not allowed
  public static void check(List<InputItem> input, AttachmentProperties allowed, String param) {
    long images = count(input, Part.Kind.IMAGE);
    long files = count(input, Part.Kind.FILE);
    if (images > 0 && !allowed.images()) {
      throw Failure.invalidParameter(param, "has an image, which this gateway does not accept");
    }
    if (files > 0 && !allowed.hasFiles()) {
      throw Failure.invalidParameter(param, "has a file, which this gateway does not accept");
    }
    if (images > MAX_IMAGES) {
      throw Failure.invalidParameter(param, "has more than " + MAX_IMAGES + " images");
    }
    if (files > MAX_FILES) {
      throw Failure.invalidParameter(param, "has more than " + MAX_FILES + " file");
    }
  }

  private static long count(List<InputItem> input, Part.Kind kind) {
    return input.stream()
        .flatMap(item -> parts(item).stream())
        .filter(part -> part.kind() == kind)
        .count();
  }

  private static List<Part> parts(InputItem item) {
    return switch (item) {
      case InputItem.MultipartMessage message -> message.parts();
      case InputItem.FunctionCallOutput output -> output.output();
      case Message _, InputItem.FunctionCall _, InputItem.EncryptedReasoning _ -> List.of();
    };
  }

  private static void check(
      @Nullable JsonText address, String type, int maxChars, String param, String problem) {
    if (address == null) {
      throw Failure.invalidParameter(param, "is missing");
    }
    String beginning = address.beginning(BEGINNING_CHARS);
    Matcher data = DATA_ADDRESS.matcher(beginning);
    boolean isOfType =
        beginning.length() == Math.min(BEGINNING_CHARS, address.length())
            && data.matches()
            && data.group(1).startsWith(type)
            && hasMagicBytes(data.group(1), data.group(2));
    if (!isOfType) {
      throw Failure.invalidParameter(param, problem);
    }
    if (address.length() - data.start(2) > maxChars) {
      throw Failure.invalidParameter(param, "is larger than " + maxChars + " characters of base64");
    }
  }

  private static boolean hasMagicBytes(String type, String base64) {
    // A single character more than groups of four has no whole byte.
    int whole = base64.length() % 4 == 1 ? base64.length() - 1 : base64.length();
    byte[] bytes = Base64.getDecoder().decode(base64.substring(0, whole));
    return switch (type) {
      // Not a media type, but a common name for one.
      case "image/jpeg", "image/jpg" -> startsWith(bytes, 0, "\u00FF\u00D8\u00FF");
      case "image/png" -> startsWith(bytes, 0, "\u0089PNG\r\n\u001A\n");
      case "image/gif" -> startsWith(bytes, 0, "GIF87a") || startsWith(bytes, 0, "GIF89a");
      case "image/webp" -> startsWith(bytes, 0, "RIFF") && startsWith(bytes, 8, "WEBP");
      case "application/pdf" -> startsWith(bytes, 0, "%PDF-");
      default -> false;
    };
  }

  private static boolean startsWith(byte[] bytes, int offset, String latin1) {
    for (int i = 0; i < latin1.length(); i++) {
      if (offset + i >= bytes.length || (bytes[offset + i] & 0xFF) != latin1.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
