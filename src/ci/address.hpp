// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sluice::ci {

/// Where a remote is, without how to get there: of "https://user@Host:443/acme/shop.git" and "git@host:acme/shop" it is
/// "host" and "acme/shop".
struct Address
{
  std::string host;  ///< lower case
  std::string path;  ///< lower case, without ".git"

  bool operator==(const Address&) const = default;
};

/// Nothing of a path on this machine.
[[nodiscard]] std::optional<Address> address_of(std::string_view url);

/// Whether two URLs of a remote name one place. Paths on this machine are compared as they are written.
[[nodiscard]] bool is_same_place(std::string_view url, std::string_view other);

}  // namespace sluice::ci
