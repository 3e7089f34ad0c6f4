package dev.minimalchat.gateway.upstream;

/// Something that can work with every model of this gateway beyond a conversation in text, such as
/// `images`. A feature declares a bean of it, and `GET /v1/models` lists those that are enabled. A
/// bean on a condition would not do: the image evaluates conditions when it is built.
public record Capability(String name, boolean enabled) {}
