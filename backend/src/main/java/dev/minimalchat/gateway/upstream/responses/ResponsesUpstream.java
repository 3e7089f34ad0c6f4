package dev.minimalchat.gateway.upstream.responses;

import dev.minimalchat.gateway.memory.MemoryBudget;
import dev.minimalchat.gateway.upstream.Provider;
import dev.minimalchat.gateway.upstream.Upstream;
import dev.minimalchat.gateway.upstream.UpstreamProperties;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import java.time.Clock;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/// A provider that implements the Responses API over HTTP.
final class ResponsesUpstream implements Upstream {
  private final CloseableHttpClient client;
  private final Provider provider;
  private final UpstreamProperties properties;
  private final MemoryBudget memory;
  private final ThreadPoolTaskScheduler timers;
  private final Clock clock;

  ResponsesUpstream(
      CloseableHttpClient client,
      Provider provider,
      UpstreamProperties properties,
      MemoryBudget memory,
      ThreadPoolTaskScheduler timers,
      Clock clock) {
    this.client = client;
    this.provider = provider;
    this.properties = properties;
    this.memory = memory;
    this.timers = timers;
    this.clock = clock;
  }

  @Override
  public UpstreamStream stream(UpstreamRequest request) {
    HttpPost http = new HttpPost(provider.responsesUri());
    http.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + provider.apiKey());
    http.setHeader(HttpHeaders.ACCEPT, ContentType.TEXT_EVENT_STREAM.getMimeType());
    // Without the header any encoding is welcome, and some proxies then compress.
    http.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
    http.setHeader("X-Request-Id", request.requestId());
    // OpenAI logs this header, so that its support can find the request.
    http.setHeader("X-Client-Request-Id", request.requestId());
    request.traceHeaders().forEach(http::setHeader);
    SystemMessages system = SystemMessages.of(properties.systemPrompt(), request.input());
    http.setEntity(new JsonEntity(ResponsesRequest.of(request, system, provider, properties)));
    EventMemory reserved = new EventMemory(memory);
    EventMapper mapper = new EventMapper(provider.apiKey(), request.options(), reserved);
    RequestParameters parameters = RequestParameters.of(request.options(), system.folded());
    return new ResponsesStream(client, http, parameters, mapper, reserved, timers, clock);
  }
}
