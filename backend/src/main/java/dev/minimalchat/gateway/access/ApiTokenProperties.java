package dev.minimalchat.gateway.access;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The tokens of programs. `application.yml` maps the environment variable.
///
/// @param tokens `name:secret`, comma-separated; without any, the routes for programs do not exist
@ConfigurationProperties("minimalchat.api")
record ApiTokenProperties(@DefaultValue("") String tokens) {
  /// Each name is a value of a metric's tag.
  private static final int MAX_TOKENS = 100;

  /// Visible ASCII, which a header transports unchanged. A colon ends a name.
  private static final Pattern SECRET = Pattern.compile("[!-~]+");

  ApiTokenProperties {
    List<ApiToken> parsed = ApiToken.parseAll(tokens);
    List<String> problems = new ArrayList<>();
    if (parsed.size() > MAX_TOKENS) {
      problems.add("API_TOKENS has more than " + MAX_TOKENS + " tokens");
    }
    if (parsed.stream().anyMatch(ApiToken::hasInvalidName)) {
      problems.add("API_TOKENS has a name that is not 1 to 32 of a-z, 0-9 and -");
    }
    if (!parsed.stream().allMatch(token -> SECRET.matcher(token.secret()).matches())) {
      problems.add(
          "API_TOKENS holds an empty token, a space or a character that no token can have");
    }
    if (hasDuplicate(parsed, ApiToken::name)) {
      problems.add("API_TOKENS has two tokens of the same name");
    }
    if (hasDuplicate(parsed, ApiToken::secret)) {
      problems.add("API_TOKENS has the same token twice");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
  }

  private static boolean hasDuplicate(List<ApiToken> tokens, Function<ApiToken, String> field) {
    return tokens.stream().map(field).distinct().count() < tokens.size();
  }

  @Override
  public String toString() {
    return "ApiTokenProperties[" + ApiToken.parseAll(tokens) + "]";
  }
}
