package dev.minimalchat.gateway.limits;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;

/// Whose limits apply to a request: those of a program, of a user whom a proxy has authenticated,
/// or of an address.
@Component
public class Clients {
  private final ClientAddresses addresses;

  Clients(ClientAddresses addresses) {
    this.addresses = addresses;
  }

  /// `token` and a name, `user` and a name, or an address.
  public String idOf(HttpServletRequest request) {
    ApiClient program = ApiClient.of(request);
    if (program != null) {
      return program.id();
    }
    PageUser user = PageUser.of(request);
    return user == null ? addresses.of(request) : "user " + user.name();
  }
}
