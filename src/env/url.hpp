// SPDX-License-Identifier: Apache-2.0
//
// Values that lead somewhere: URLs, `host:port`, hosts. Values are hostile: every function looks at each byte a bounded
// number of times, and none fails.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::env {

/// A URL with an authority, as written: nothing in it is decoded. Views end with the value.
struct Url
{
  std::string scheme;     ///< in lower case: "postgres", "jdbc:postgresql"
  bool has_user = false;  ///< "@" is there, whatever is before it
  std::string_view user;
  std::string_view password;
  std::string_view places;              ///< hosts with their ports and brackets: "a:1,b:2"; may be empty
  std::vector<std::string_view> hosts;  ///< those that are named, at most 64, without brackets and ports
  std::string_view path;
  std::string_view query;  ///< without `?`, and without what `#` begins
};

/// Nothing if the value is no `scheme://…`, or holds a blank or a control character. What is behind the scheme may be
/// anything: ask is_well_formed and has_valid_hosts where every character counts.
[[nodiscard]] std::optional<Url> url_of(std::string_view value);

/// Whether its scheme is one by RFC 3986 (`jdbc:…` is) and each port a number up to 65535, or left out.
[[nodiscard]] bool is_well_formed(const Url& url);
/// Whether each of its places has a host, and one that could be.
[[nodiscard]] bool has_valid_hosts(const Url& url);

/// The first value that a query has for a name, whatever the name's case; nothing if it has none.
[[nodiscard]] std::optional<std::string_view> query_value(std::string_view query, std::string_view name);

/// Whether a value may be a host and nothing else.
enum class Bare { no, yes };
/// Hosts that a value names: of a URL, of `host:port`, of a list of these between commas.
[[nodiscard]] std::vector<std::string_view> hosts_of(std::string_view value, Bare bare);

enum class DatabaseKind { none, postgres, mysql, mongodb, redis, other };
/// By the scheme of a URL, in lower case.
[[nodiscard]] DatabaseKind database_kind(std::string_view scheme);

}  // namespace sluice::env
