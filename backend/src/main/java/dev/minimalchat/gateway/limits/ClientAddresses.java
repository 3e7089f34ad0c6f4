package dev.minimalchat.gateway.limits;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.catalina.util.NetMaskSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Identifies a client by its address. `X-Forwarded-For` is read from the right, and only as far as
/// trusted proxies have written it, so a client cannot forge it.
@Component
public class ClientAddresses {
  private static final int IPV6_NETWORK_BYTES = 8;

  private final NetMaskSet proxies;

  ClientAddresses(LimitsProperties limits) {
    this.proxies = limits.proxies();
  }

  /// The client's address; for IPv6 its /64 network, which one subscriber owns.
  public String of(HttpServletRequest request) {
    String client = request.getRemoteAddr();
    for (String hop : hops(request)) {
      if (!isTrusted(client) || parse(hop) == null) {
        break;
      }
      client = hop;
    }
    InetAddress address = parse(client);
    return address == null ? client : network(address);
  }

  /// The header's entries, nearest first.
  private static List<String> hops(HttpServletRequest request) {
    return Collections.list(request.getHeaders("X-Forwarded-For")).stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .map(String::strip)
        .toList()
        .reversed();
  }

  private boolean isTrusted(String address) {
    InetAddress parsed = parse(address);
    return parsed != null && proxies.contains(parsed);
  }

  private static String network(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 4
        ? address.getHostAddress()
        : Arrays.toString(Arrays.copyOf(bytes, IPV6_NETWORK_BYTES));
  }

  /// Accepts literals only, so that a host name in the header causes no DNS lookup.
  private static @Nullable InetAddress parse(String literal) {
    try {
      return InetAddress.ofLiteral(literal);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
