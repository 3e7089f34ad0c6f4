package dev.minimalchat.gateway.limits;

/// Client addresses for tests of other packages.
public final class TestClientAddresses {
  private TestClientAddresses() {}

  /// Of a gateway that believes the forwarded headers of these networks.
  public static ClientAddresses trusting(String proxies) {
    return new ClientAddresses(TestLimits.trusting(proxies));
  }
}
