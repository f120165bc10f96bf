// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace sluice::env {

/// A URL as a type judges it: every character counts. Where a value only leads somewhere, value_parts.hpp takes it
/// apart. Of any scheme; views into its text.
struct WrittenUrl
{
  std::string_view scheme;  ///< as it is written: "postgres", "jdbc:postgresql"
  std::string_view user;    ///< before `@`, password included
  std::string_view host;    ///< without port; of several ("a:1,b:2") all of them with theirs; may be empty
  std::string_view port;    ///< digits, or empty
  std::string_view path;    ///< what follows, query and fragment included
};

/// Nothing if it has no scheme with `://`, holds a blank or a control character, or has a port that is no number up to
/// 65535.
[[nodiscard]] std::optional<WrittenUrl> written_url(std::string_view text);

/// A domain name (RFC 1123, and `_`, which DNS has), an IPv4 address or an IPv6 address in brackets.
[[nodiscard]] bool is_host(std::string_view text);
[[nodiscard]] bool is_domain_name(std::string_view text);
[[nodiscard]] bool is_ipv4(std::string_view text);
/// Without brackets; with a zone.
[[nodiscard]] bool is_ipv6(std::string_view text);

}  // namespace sluice::env
