package dev.minimalchat.gateway.upstream.responses;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.minimalchat.gateway.upstream.Provider;
import dev.minimalchat.gateway.upstream.Upstream;
import dev.minimalchat.gateway.upstream.UpstreamProperties;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
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
  private static final JsonMapper JSON = new JsonMapper();

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
    http.setEntity(new ByteArrayEntity(body(request), ContentType.APPLICATION_JSON));
    return new ResponsesStream(client, http, new EventMapper(provider.apiKey()), timers);
  }

  private byte[] body(UpstreamRequest request) {
    try {
      return JSON.writeValueAsBytes(ResponsesRequest.of(request, provider.model(), properties));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a request of strings and numbers is always serialisable", e);
    }
  }
}
