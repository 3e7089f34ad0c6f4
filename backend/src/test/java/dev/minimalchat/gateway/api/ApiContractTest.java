package dev.minimalchat.gateway.api;

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

/// A test of the routes for programs in `docs/protocol.md`, with the real filters and controllers
/// and a [FakeUpstream]. Such a test has no further Spring annotations, so that all share one
/// application context.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    properties = {
      "minimalchat.access.token=" + ApiContractTest.PAGE_TOKEN,
      "minimalchat.access.allowed-origins=" + ApiContractTest.ORIGIN,
      "minimalchat.api.tokens=laptop:" + ApiContractTest.TOKEN + ", ci:the-token-of-the-build",
      "minimalchat.api-limits.rate-per-minute=10000",
      "minimalchat.api-limits.max-streams=" + ApiContractTest.MAX_STREAMS,
      "minimalchat.models.list=small=Fast, vendor/large",
      "minimalchat.attachments.images=true",
      "minimalchat.upstream.api-key=key",
      "minimalchat.upstream.base=https://provider.invalid/v1",
      "minimalchat.upstream.max-output-tokens=100",
      "minimalchat.limits.max-messages=3",
      "minimalchat.limits.rate-per-minute=10000"
    })
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@MockitoBean(name = "resilientUpstream", types = Upstream.class)
@Import({Program.class, FakeUpstream.class})
@interface ApiContractTest {
  int MAX_STREAMS = 2;
  String TOKEN = "the-token-of-the-laptop";
  String PAGE_TOKEN = "the-token-of-the-page";
  String ORIGIN = "https://tools.example.com";
}
