package dev.minimalchat.gateway.upstream.responses;

import dev.minimalchat.gateway.upstream.Provider;
import dev.minimalchat.gateway.upstream.Upstream;
import dev.minimalchat.gateway.upstream.UpstreamProperties;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;

/// A provider that implements the Responses API over HTTP.
@Component
record ResponsesUpstream(
    CloseableHttpClient client,
    Provider provider,
    UpstreamProperties properties,
    ThreadPoolTaskScheduler timers)
    implements Upstream {

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
    http.setEntity(new JsonEntity(ResponsesRequest.of(request, provider.model(), properties)));
    EventMapper mapper = new EventMapper(provider.apiKey(), request.options());
    return new ResponsesStream(client, http, mapper, timers);
  }
}
