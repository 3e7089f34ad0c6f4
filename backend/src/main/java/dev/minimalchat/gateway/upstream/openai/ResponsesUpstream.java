package dev.minimalchat.gateway.upstream.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.minimalchat.gateway.upstream.Prompt;
import dev.minimalchat.gateway.upstream.Provider;
import dev.minimalchat.gateway.upstream.Upstream;
import dev.minimalchat.gateway.upstream.UpstreamProperties;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.springframework.scheduling.TaskScheduler;

/// A provider that speaks the Responses API over HTTP.
final class ResponsesUpstream implements Upstream {
  private static final JsonMapper JSON = new JsonMapper();

  private final CloseableHttpClient client;
  private final Provider provider;
  private final UpstreamProperties properties;
  private final TaskScheduler scheduler;

  ResponsesUpstream(
      CloseableHttpClient client,
      Provider provider,
      UpstreamProperties properties,
      TaskScheduler scheduler) {
    this.client = client;
    this.provider = provider;
    this.properties = properties;
    this.scheduler = scheduler;
  }

  @Override
  public UpstreamStream ask(Prompt prompt) {
    HttpPost request = new HttpPost(provider.responses());
    request.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + provider.apiKey());
    request.setHeader(HttpHeaders.ACCEPT, ContentType.TEXT_EVENT_STREAM.getMimeType());
    request.setHeader("X-Request-Id", prompt.requestId());
    // The name under which OpenAI's own support finds a request.
    request.setHeader("X-Client-Request-Id", prompt.requestId());
    prompt.trace().forEach(request::setHeader);
    request.setEntity(new ByteArrayEntity(body(prompt), ContentType.APPLICATION_JSON));
    return new ResponsesStream(client, request, scheduler);
  }

  private byte[] body(Prompt prompt) {
    try {
      return JSON.writeValueAsBytes(ResponsesRequest.of(prompt, provider.model(), properties));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a request of plain strings is always JSON", e);
    }
  }
}
