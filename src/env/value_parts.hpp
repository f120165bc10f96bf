// SPDX-License-Identifier: Apache-2.0
//
// The parts of values that lead somewhere: URLs, `host:port`, hosts. Values are hostile: every function looks at each
// byte a bounded number of times, and none fails.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::env {

/// A URL with an authority, as written: nothing in it is decoded. Views end with the value.
struct UrlParts
{
  std::string scheme;     ///< in lower case; of "jdbc:postgresql" what is behind the colon
  bool has_user = false;  ///< "@" is there, whatever is before it
  std::string_view user;
  std::string_view password;
  std::vector<std::string_view>
      hosts;  ///< of several, in their order; without brackets and ports; empty: none is named
  std::string_view path;
  std::string_view query;
};

/// Nothing if the value is no `scheme://…`, or holds a blank.
[[nodiscard]] std::optional<UrlParts> url_parts(std::string_view value);

/// The first value that a query has for a name, whatever the name's case; nothing if it has none.
[[nodiscard]] std::optional<std::string_view> query_value(std::string_view query, std::string_view name);

/// Whether a value may be a host and nothing else.
enum class Bare { no, yes };
/// Hosts that a value names: of a URL, of `host:port`, of a list of these between commas.
[[nodiscard]] std::vector<std::string_view> hosts_of(std::string_view value, Bare bare);

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

enum class DatabaseKind { none, postgres, mysql, mongodb, redis, other };
/// By the scheme of a URL.
[[nodiscard]] DatabaseKind database_kind(std::string_view scheme);

}  // namespace sluice::env
