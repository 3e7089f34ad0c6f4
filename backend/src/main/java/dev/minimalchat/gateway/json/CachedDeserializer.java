package dev.minimalchat.gateway.json;

import com.fasterxml.jackson.databind.JsonDeserializer;

/// A deserializer without state. Jackson creates one that it may not cache, through Spring, for
/// each element of a list.
public abstract class CachedDeserializer<T> extends JsonDeserializer<T> {
  @Override
  public final boolean isCachable() {
    return true;
  }
}
