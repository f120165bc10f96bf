// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "promote/postgres_address.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::promote {

struct ProgramRequest
{
  std::vector<std::string> argv;
  std::string input;
  Environment environment;
  std::filesystem::path directory;
  std::chrono::milliseconds timeout{};
  std::function<bool()> tick;                                ///< called a few times a second; false: stop. Empty: never
  std::function<void(std::string_view)> on_error_line = {};  ///< each line of its standard error as it comes
};

struct ProgramResult
{
  int exit_status = 0;
  std::string output;
  std::string error_output;
  std::chrono::milliseconds duration{};
};

/// Runs a program to its end. Errors: ErrorKind::environment, it is not installed; ErrorKind::unavailable, it did not
/// end in time or `tick` said to stop.
[[nodiscard]] Result<ProgramResult> run_program(const ProgramRequest& request);

/// How PostgreSQL's own programs are run against one database.
struct PostgresClient
{
  PostgresAddress address;
  Environment process;              ///< variables that its programs get beside the address
  std::filesystem::path directory;  ///< in which they run
  std::chrono::milliseconds timeout{};
  std::function<bool()> tick;
};

/// `psql`, `pg_dump` or `pg_restore` with these words, connected there, never asking for a password.
[[nodiscard]] ProgramRequest postgres_program(const PostgresClient& client, std::string program,
                                              const std::vector<std::string>& words);

/// psql with these words, reading `script`, which stops at the first error; it prints values alone, parted by '|'.
[[nodiscard]] ProgramRequest psql_program(const PostgresClient& client, std::string script,
                                          const std::vector<std::string>& words = {});

/// What psql prints of a script. Errors as run_program; whatever the server refuses is ErrorKind::unavailable,
/// "scratch: cannot …: permission denied …", where `what` is "scratch: cannot …".
[[nodiscard]] Result<std::string> run_psql(const PostgresClient& client, std::string script, std::string_view what);

/// The line of what a program said that tells why it failed, printable and without secrets. Other lines may show rows
/// of tables.
[[nodiscard]] std::string reason_of(const ProgramResult& result, const PostgresAddress& address);

/// The text as a literal of SQL, for a session with standard_conforming_strings.
[[nodiscard]] std::string sql_literal(std::string_view text);
/// The name in quotes.
[[nodiscard]] std::string sql_name(std::string_view name);
/// The file name as a word of psql's own commands.
[[nodiscard]] std::string psql_word(std::string_view text);

}  // namespace sluice::promote
