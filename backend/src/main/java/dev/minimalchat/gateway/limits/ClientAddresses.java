package dev.minimalchat.gateway.limits;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.util.NetMaskSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Identifies a client by its address. `X-Forwarded-For` is read from the right, and only as far as
/// trusted proxies have written it, so a client cannot forge it.
@Component
public class ClientAddresses {
  private static final int IPV6_NETWORK_BYTES = 8;

  /// An entry of the header without its quotes: an address, in brackets or not, or an address with
  /// a port. A bare IPv6 address cannot have a port.
  private static final Pattern ENTRY = Pattern.compile("\\[([^\\]]*)](?::\\d+)?|([^:]*):\\d+|(.*)");

  private final NetMaskSet proxies;

  ClientAddresses(LimitsProperties limits) {
    this.proxies = limits.proxies();
  }

  /// The client's address; for IPv6 its /64 network, which one subscriber owns.
  public String of(HttpServletRequest request) {
    InetAddress client = parse(request.getRemoteAddr());
    for (InetAddress hop : hops(request)) {
      if (!isTrusted(client)) {
        break;
      }
      client = hop;
    }
    return client == null ? request.getRemoteAddr() : network(client);
  }

  /// Whether the connection comes from a trusted proxy, whose `X-Forwarded-*` headers are believed.
  public boolean isFromTrustedProxy(HttpServletRequest request) {
    return isTrusted(parse(request.getRemoteAddr()));
  }

  /// The header's addresses, nearest first, up to the first entry that is none.
  private static List<InetAddress> hops(HttpServletRequest request) {
    return Collections.list(request.getHeaders("X-Forwarded-For")).stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .toList()
        .reversed()
        .stream()
        .map(ClientAddresses::parseEntry)
        .takeWhile(address -> address != null)
        .toList();
  }

  private boolean isTrusted(@Nullable InetAddress address) {
    return address != null && proxies.contains(address);
  }

  private static String network(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 4
        ? address.getHostAddress()
        : Arrays.toString(Arrays.copyOf(bytes, IPV6_NETWORK_BYTES));
  }

  private static @Nullable InetAddress parseEntry(String text) {
    Matcher entry = ENTRY.matcher(text.strip().replaceAll("^\"(.*)\"$", "$1"));
    if (!entry.matches()) {
      return null;
    }
    for (int group = 1; group <= entry.groupCount(); group++) {
      if (entry.group(group) != null) {
        return parse(entry.group(group));
      }
    }
    return null;
  }

  /// Accepts literals only, so that a host name in the header causes no DNS lookup. An IPv4-mapped
  /// IPv6 address becomes the IPv4 address.
  private static @Nullable InetAddress parse(String literal) {
    try {
      return InetAddress.ofLiteral(literal);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
