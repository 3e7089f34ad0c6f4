package dev.minimalchat.gateway.upstream;

import java.net.URI;

/// Where the model is, which one it is, and the secret that opens it.
///
/// @param name `openai`, `demo` or `custom`
/// @param base the address that `/responses` is appended to
/// @param apiKey sent to that address and nowhere else
public record Provider(String name, URI base, String apiKey, String model) {

  public URI responses() {
    String trimmed = base.toString().replaceAll("/+$", "");
    return URI.create(trimmed + "/responses");
  }

  @Override
  public String toString() {
    return "Provider[" + name + " " + base.getHost() + " " + model + "]";
  }
}
