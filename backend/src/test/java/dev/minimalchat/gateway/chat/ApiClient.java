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

/// A client with an address of its own, so that no test uses up another's share.
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
final class ApiClient {
  private static final String CHAT = "/v1/chat";
  private static final String BEARER = "Bearer " + Contract.TOKEN;
  private static final AtomicInteger CALLERS = new AtomicInteger();

  private final MockMvcTester mvc;
  private final String address;

  ApiClient(MockMvcTester mvc) {
    this.mvc = mvc;
    int number = CALLERS.incrementAndGet();
    address = "198.18.%d.%d".formatted(number / 256, number % 256);
  }

  /// Somebody else.
  ApiClient another() {
    return new ApiClient(mvc);
  }

  MockHttpServletResponse exchange(String body) {
    return send(chat(body));
  }

  /// Asks without telling how long the body is.
  MockHttpServletResponse askAtUnknownLength(String body) {
    return mvc.perform(context -> new Chunked(context, address, body)).getResponse();
  }

  /// Asks, and does not wait for the end of the answer.
  void begin(String body) {
    from(chat(body)).asyncExchange();
  }

  MockHttpServletResponse send(MockMvcRequestBuilder request) {
    return from(request).exchange(TestTimeouts.LIMIT).getResponse();
  }

  MockMvcRequestBuilder chat(String body) {
    return authorised(chatWithoutToken(body));
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

  MockMvcRequestBuilder authorised(MockMvcRequestBuilder request) {
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

  /// A request whose length is not known before it has been read.
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
