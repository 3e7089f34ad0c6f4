package dev.minimalchat.gateway.upstream;

import com.fasterxml.jackson.annotation.JsonProperty;

/// A tool that the provider runs itself, named as the page asks for it.
public enum HostedTool {
  @JsonProperty("web_search")
  WEB_SEARCH,
  @JsonProperty("file_search")
  FILE_SEARCH
}
