// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace sluice::net {

/// An absolute http or https address without user name, password or fragment, as libcurl parses it: whoever connects
/// must not read an address otherwise than whoever checked it.
struct Url
{
  std::string text;    ///< normalised
  std::string scheme;  ///< "http", "https"
  std::string host;    ///< lower case; an IPv6 address in brackets
  std::uint16_t port = 0;
  std::string path;  ///< without the query

  /// Errors: ErrorKind::usage, without the query, which may hold a token.
  [[nodiscard]] static Result<Url> parse(std::string_view text);

  /// What a `Location` header means on this page.
  [[nodiscard]] Result<Url> resolve(std::string_view reference) const;

  /// Whether the two are the same scheme, host and port (RFC 6454).
  [[nodiscard]] bool same_origin(const Url& other) const;

  /// "https://api.example.org/v1/query", for messages.
  [[nodiscard]] std::string shown() const;
};

}  // namespace sluice::net
