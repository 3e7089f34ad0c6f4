package dev.minimalchat.gateway.upstream;

/// Something that works with every model of this gateway beyond a conversation in text, such as
/// `images`. A feature that is switched on declares a bean of it, and `GET /v1/models` lists them.
public record Capability(String name) {}
