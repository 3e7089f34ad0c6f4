package dev.minimalchat.gateway.access;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The access codes of the page's users. `application.yml` maps the environment variable.
///
/// @param codes `name:code`, comma-separated; without any, each visitor of the page may chat
@ConfigurationProperties("minimalchat.access-code")
record AccessCodeProperties(@DefaultValue("") String codes) {
  /// With five attempts a minute, a shorter one could be guessed in time.
  private static final int MIN_CHARS = 8;

  AccessCodeProperties {
    List<NamedSecret> parsed = NamedSecret.parseAll(codes);
    NamedSecret.check(parsed, "ACCESS_CODE", "code");
    if (parsed.stream().anyMatch(code -> code.isShorterThan(MIN_CHARS))) {
      throw new IllegalArgumentException(
          "ACCESS_CODE has a code of fewer than " + MIN_CHARS + " characters");
    }
  }

  @Override
  public String toString() {
    return "AccessCodeProperties[" + NamedSecret.parseAll(codes) + "]";
  }
}
