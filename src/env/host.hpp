// SPDX-License-Identifier: Apache-2.0
//
// What a host is, and where: names and addresses as values have them. Each function looks at each byte a bounded number
// of times, and none fails.
#pragma once

#include <cstddef>
#include <string_view>

namespace sluice::env {

inline constexpr std::size_t max_host_bytes = 253;  ///< of a name, as DNS has it

/// A domain name, an IPv4 address or an IPv6 address in brackets, as URLs and mail have it.
[[nodiscard]] bool is_host(std::string_view text);
/// By RFC 1123, with `_`, which DNS has; a dot may end it.
[[nodiscard]] bool is_domain_name(std::string_view text);
[[nodiscard]] bool is_ipv4(std::string_view text);
/// Without brackets; a zone may follow: "fe80::1%eth0".
[[nodiscard]] bool is_ipv6(std::string_view text);

enum class HostKind {
  elsewhere,      ///< anything that is none of the others
  loopback,       ///< localhost, 127.0.0.0/8, ::1
  any,            ///< 0.0.0.0 and ::, which servers bind to
  private_range,  ///< RFC 1918, RFC 4193, RFC 6598
  link_local,     ///< 169.254.0.0/16 and fe80::/10 without the addresses at which clouds serve metadata
  local_name,     ///< *.local, except a cluster's
  docker_host,    ///< the machine that a container runs on
  internal,       ///< a single label, *.internal, a cluster's *.local: names of a private network
};

[[nodiscard]] HostKind host_kind(std::string_view host);

/// A clause for people: "this machine alone". Of the kinds between `loopback` and `docker_host`.
[[nodiscard]] std::string_view text_of(HostKind kind);

/// Whether only the machine itself or its neighbours reach it, so that its traffic crosses no foreign network.
[[nodiscard]] bool is_inner(HostKind kind);

}  // namespace sluice::env
