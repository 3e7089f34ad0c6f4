package dev.minimalchat.gateway.upstream;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// Whether the models can read images. `application.yml` maps the environment variable.
@ConfigurationProperties("minimalchat.vision")
public record VisionProperties(boolean enabled) {}
