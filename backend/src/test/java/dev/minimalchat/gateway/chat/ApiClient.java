package dev.minimalchat.gateway.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.minimalchat.gateway.TestTimeouts;
import jakarta.servlet.ServletContext;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;

/// A client of the gateway with its own address, so that tests do not share a rate limit.
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
final class ApiClient {
  private static final String CHAT = "/v1/chat";
  private static final String BEARER = "Bearer " + GatewayContractTest.TOKEN;
  private static final AtomicInteger CLIENTS = new AtomicInteger();

  private final MockMvcTester mvc;
  private final String address;

  ApiClient(MockMvcTester mvc) {
    this.mvc = mvc;
    int number = CLIENTS.incrementAndGet();
    address = "198.18.%d.%d".formatted(number / 256, number % 256);
  }

  /// A client with another address.
  ApiClient anotherClient() {
    return new ApiClient(mvc);
  }

  MockHttpServletResponse exchange(String body) {
    return send(chat(body));
  }

  /// Sends the body without a Content-Length.
  MockHttpServletResponse exchangeChunked(String body) {
    return mvc.perform(context -> new Chunked(context, address, body)).getResponse();
  }

  /// Sends the request and returns while the answer still runs.
  void start(String body) {
    from(chat(body)).asyncExchange();
  }

  MockHttpServletResponse send(MockMvcRequestBuilder request) {
    return from(request).exchange(TestTimeouts.LIMIT).getResponse();
  }

  MockMvcRequestBuilder chat(String body) {
    return withToken(chatWithoutToken(body));
  }

  MockMvcRequestBuilder chatWithoutToken(String body) {
    return post().contentType(MediaType.APPLICATION_JSON).content(body);
  }

  MockMvcRequestBuilder post() {
    return mvc.post().uri(CHAT);
  }

  MockMvcRequestBuilder get(String path) {
    return mvc.get().uri(path);
  }

  MockMvcRequestBuilder withToken(MockMvcRequestBuilder request) {
    return request.header(HttpHeaders.AUTHORIZATION, BEARER).header("X-Request-Id", "r-1");
  }

  MockMvcRequestBuilder preflight(String origin) {
    return mvc.options()
        .uri(CHAT)
        .header("Origin", origin)
        .header("Access-Control-Request-Method", "POST")
        .header("Access-Control-Request-Headers", "authorization,content-type");
  }

  private MockMvcRequestBuilder from(MockMvcRequestBuilder request) {
    return request.with(sent -> {
      sent.setRemoteAddr(address);
      return sent;
    });
  }

  /// A request without a Content-Length.
  private static final class Chunked extends MockHttpServletRequest {
    Chunked(ServletContext context, String address, String body) {
      super(context, "POST", CHAT);
      setRemoteAddr(address);
      setAsyncSupported(true);
      setContentType(MediaType.APPLICATION_JSON_VALUE);
      setContent(body.getBytes(UTF_8));
      addHeader(HttpHeaders.AUTHORIZATION, BEARER);
    }

    @Override
    public int getContentLength() {
      return -1;
    }

    @Override
    public long getContentLengthLong() {
      return -1;
    }
  }
}
