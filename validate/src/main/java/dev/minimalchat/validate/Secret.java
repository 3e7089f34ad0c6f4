package dev.minimalchat.validate;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Checks keys, tokens and access codes before a header holds them. The errors of `java.net.http`
/// quote a header that it refuses.
final class Secret implements ITypeConverter<String> {
  private static final Pattern VISIBLE = Pattern.compile("[!-~]+");
  private static final Pattern IN_QUOTES = Pattern.compile("\".*\"|'.*'", Pattern.DOTALL);

  /// What is wrong with it, without its value; null if nothing is.
  static @Nullable String problem(String value) {
    if (IN_QUOTES.matcher(value).matches()) {
      return "is in quotes, which are part of the value";
    }
    return VISIBLE.matcher(value).matches()
        ? null
        : "is empty, or holds a space or another character that no header can have";
  }

  @Override
  public String convert(String value) {
    String problem = problem(value);
    if (problem != null) {
      throw new TypeConversionException("it " + problem);
    }
    return value;
  }
}
