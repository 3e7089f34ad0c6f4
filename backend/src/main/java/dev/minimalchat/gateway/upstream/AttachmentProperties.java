package dev.minimalchat.gateway.upstream;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What the models can read beside text. `application.yml` maps the environment variables.
///
/// @param images whether they read images
/// @param files `off` or `pdf`
@ConfigurationProperties("minimalchat.attachments")
public record AttachmentProperties(boolean images, @DefaultValue("off") String files) {
  private static final String PDF = "pdf";

  public AttachmentProperties {
    if (!files.equals(PDF) && !files.equals("off")) {
      throw new IllegalArgumentException("FILES is not off or pdf");
    }
  }

  public boolean hasFiles() {
    return files.equals(PDF);
  }
}
