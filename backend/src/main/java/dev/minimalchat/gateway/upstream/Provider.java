package dev.minimalchat.gateway.upstream;

import java.net.URI;

/// The configured provider: its base URL, its API key and the model to ask for.
///
/// @param name `openai`, `demo` or `custom`
/// @param base the base URL; `/responses` is appended to its path, its query is kept
/// @param apiKey sent to that base URL only
/// @param features what is used of it beyond text
public record Provider(
    String name, URI base, String apiKey, String model, ProviderFeatures features) {

  /// A provider of text alone.
  public Provider(String name, URI base, String apiKey, String model) {
    this(name, base, apiKey, model, ProviderFeatures.NONE);
  }

  public URI responsesUri() {
    String path = base.getRawPath().replaceAll("/+$", "") + "/responses";
    String query = base.getRawQuery() == null ? "" : "?" + base.getRawQuery();
    return URI.create(base.getScheme() + "://" + base.getRawAuthority() + path + query);
  }

  public String host() {
    Authority authority = Authority.of(base);
    return authority == null ? "" : authority.host();
  }

  public boolean isDemo() {
    return name.equals("demo");
  }

  @Override
  public String toString() {
    return "Provider[" + name + " " + host() + " " + model + "]";
  }
}
