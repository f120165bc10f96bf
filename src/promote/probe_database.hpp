// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace sluice::promote {

/// A libpq address (connection string or URI, PostgreSQL manual, 34.1.1) without its password, which every user of a
/// machine could read among the words of a command.
struct DatabaseAddress
{
  std::string address;                  ///< for -d of libpq's programs
  std::optional<std::string> password;  ///< for PGPASSWORD
};

/// Errors (ErrorKind::config): a connection string that is not well formed, or one with the passphrase of a key
/// (sslpassword), for which libpq has no variable. The message holds nothing of the address.
[[nodiscard]] Result<DatabaseAddress> without_password(std::string_view address);

}  // namespace sluice::promote
