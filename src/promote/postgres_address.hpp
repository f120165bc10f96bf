// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/environment.hpp"
#include "base/result.hpp"

#include <map>
#include <string>
#include <string_view>

namespace sluice::promote {

/// Where a PostgreSQL database is, by libpq's keywords ("host", "port", "dbname", "user", "password", …):
/// https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS
struct PostgresAddress
{
  std::map<std::string, std::string, std::less<>> parameters;

  /// Empty if it is not given.
  [[nodiscard]] std::string_view get(std::string_view keyword) const;
};

/// Reads a URI ("postgresql://user:word@host/name?sslmode=require"), pairs ("host=… dbname=…"), or "$NAME", which is
/// the value of that variable. `key` names the setting in messages.
///
/// Errors (ErrorKind::config), none of which holds any of the address: the variable is not set, or this is no address.
[[nodiscard]] Result<PostgresAddress> read_postgres_address(std::string_view text, std::string_view key,
                                                            const Environment& process);

/// The pairs as one word for `--dbname`, without what is secret: every user of the machine sees the words of a program.
[[nodiscard]] std::string connection_words(const PostgresAddress& address);

/// The variables of a program that connects there: `process` with the password, without what would lead the program
/// elsewhere than the address says.
[[nodiscard]] Environment connection_environment(const PostgresAddress& address, const Environment& process);

/// "app at db.example:5432", for messages; printable, never secret.
[[nodiscard]] std::string place_of(const PostgresAddress& address);

/// A message of a program without the secrets of the address.
[[nodiscard]] std::string without_secrets(std::string_view message, const PostgresAddress& address);

}  // namespace sluice::promote
