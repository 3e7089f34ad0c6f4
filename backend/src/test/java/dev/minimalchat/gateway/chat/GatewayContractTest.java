package dev.minimalchat.gateway.chat;

import dev.minimalchat.gateway.upstream.FakeUpstream;
import dev.minimalchat.gateway.upstream.Upstream;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.autoconfigure.web.servlet.MockMvcPrint;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/// A test of `docs/protocol.md` with the real filters and controllers, low limits and a
/// [FakeUpstream]. Such a test has no further Spring annotations, so that all share one application
/// context.
///
/// MockMvc prints nothing: its printer iterates over the response headers on the request thread,
/// while the stream thread's first write adds headers to the same unsynchronized map.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    properties = {
      "minimalchat.access.token=" + GatewayContractTest.TOKEN,
      "minimalchat.access.allowed-origins=" + GatewayContractTest.ORIGIN,
      "minimalchat.access.allowed-origin-regex=https://chat-[a-z0-9]+[.]vercel[.]app",
      "minimalchat.upstream.api-key=key",
      "minimalchat.upstream.base=https://provider.invalid/v1",
      "minimalchat.models.list=gpt-4.1-mini, vendor/other:free=Other",
      "minimalchat.reasoning.summary=auto",
      "minimalchat.hosted-tools.web-search=web_search",
      "minimalchat.limits.max-messages=3",
      "minimalchat.limits.max-request-bytes=2KB",
      "minimalchat.limits.rate-per-minute=" + GatewayContractTest.RATE,
      "minimalchat.limits.max-streams-per-client=1",
      "minimalchat.limits.max-streams=3"
    })
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@MockitoBean(name = "resilientUpstream", types = Upstream.class)
@Import({ApiClient.class, FakeUpstream.class})
@interface GatewayContractTest {
  String TOKEN = "token";
  int RATE = 5;
  String PREVIEW = "https://chat-git1.vercel.app";
  String ORIGIN = "https://chat.example.com";
}
