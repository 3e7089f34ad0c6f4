package dev.minimalchat.gateway.limits;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.catalina.util.NetMaskSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Tells clients apart by where they come from. What `X-Forwarded-For` says is believed only as far
/// back as proxies we trust have written it; a caller who makes one up gains nothing.
@Component
class ClientAddresses {
  private static final int IPV6_NETWORK_BYTES = 8;

  private final NetMaskSet proxies;

  ClientAddresses(LimitsProperties limits) {
    this.proxies = limits.proxies();
  }

  /// The client's address, or its network where one household has many (IPv6, by /64).
  String of(HttpServletRequest request) {
    String client = request.getRemoteAddr();
    for (String hop : hops(request)) {
      if (!trusted(client)) {
        break;
      }
      if (parse(hop) == null) {
        break;
      }
      client = hop;
    }
    InetAddress address = parse(client);
    return address == null ? client : network(address);
  }

  /// The header's entries, nearest first.
  private static List<String> hops(HttpServletRequest request) {
    List<String> hops = new ArrayList<>();
    for (String line : Collections.list(request.getHeaders("X-Forwarded-For"))) {
      Arrays.stream(line.split(",", -1)).map(String::strip).forEach(hops::add);
    }
    return hops.reversed();
  }

  private boolean trusted(String address) {
    InetAddress parsed = parse(address);
    return parsed != null && proxies.contains(parsed);
  }

  private static String network(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 4
        ? address.getHostAddress()
        : Arrays.toString(Arrays.copyOf(bytes, IPV6_NETWORK_BYTES));
  }

  /// Literals only: a name in the header must never be looked up.
  private static @Nullable InetAddress parse(String literal) {
    try {
      return InetAddress.ofLiteral(literal);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
