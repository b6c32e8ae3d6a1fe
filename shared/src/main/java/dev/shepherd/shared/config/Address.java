package dev.shepherd.shared.config;

import java.util.Optional;

/** Splits addresses as Go's {@code net.SplitHostPort} does. */
record Address(String host, String port) {
  /** Reads {@code host:port}, {@code [::1]:port}, {@code :port}; empty if it is none of these. */
  static Optional<Address> of(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[")) {
      return host.endsWith("]")
          ? Optional.of(
              new Address(host.substring(1, host.length() - 1), text.substring(colon + 1)))
          : Optional.empty();
    }
    return host.contains(":") || host.contains("[") || host.contains("]")
        ? Optional.empty()
        : Optional.of(new Address(host, text.substring(colon + 1)));
  }

  static Optional<String> port(String text) {
    return of(text).map(Address::port);
  }

  /** Whether a server could listen on the port: a number that fits, or none. */
  boolean isListenable() {
    return port.isEmpty() || (port.matches("\\d{1,6}") && Integer.parseInt(port) <= 65_535);
  }

  /** What follows {@code http://}, {@code https://} or {@code dns:///authority/}. */
  static String withoutScheme(String endpoint) {
    for (String scheme : new String[] {"http://", "https://"}) {
      if (endpoint.startsWith(scheme)) {
        return endpoint.substring(scheme.length());
      }
    }
    if (endpoint.startsWith("dns:")) {
      return endpoint.substring(endpoint.lastIndexOf('/') + 1).replaceFirst("^dns:", "");
    }
    return endpoint;
  }
}
