package dev.minimalchat.gateway.upstream;

import java.net.URI;

/// The configured provider: its base URL, its API key and the model to ask for.
///
/// @param name `openai`, `demo` or `custom`
/// @param base the base URL; `/responses` is appended to it
/// @param apiKey sent to that base URL only
public record Provider(String name, URI base, String apiKey, String model) {

  public URI responsesUri() {
    return URI.create(base.toString().replaceAll("/+$", "") + "/responses");
  }

  public boolean isDemo() {
    return name.equals("demo");
  }

  @Override
  public String toString() {
    return "Provider[" + name + " " + base.getHost() + " " + model + "]";
  }
}
