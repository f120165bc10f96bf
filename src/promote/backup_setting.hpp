// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/option_table.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace sluice::promote {

/// The backup of a database that must be taken and proven before anything is changed. Addresses may be `$NAME`: the
/// value of that variable of the process, so that no password stands in a file.
struct DatabaseBackup
{
  std::string source;   ///< libpq address of the database that is dumped
  std::string scratch;  ///< libpq address of a server on which the dump is restored to be proven
  /// Where the dump is, from the root of the work tree; `{time}` in its name is that of the dump.
  std::string file;
  /// Words of a command that writes `file`, in which `{file}` is its path; empty: pg_dump, or if there is no `source`
  /// something else does.
  std::vector<std::string> dump;
  std::vector<std::string> schemas;                          ///< that are dumped and compared; empty: all
  bool empty_by_design = false;                              ///< a source without rows is no fault
  std::chrono::milliseconds max_age{std::chrono::hours(1)};  ///< of a dump that something else made
  std::int64_t keep = 7;                                     ///< files of dumps, the newest too
  std::chrono::milliseconds drill_max_age{};                 ///< of the last restore that was proven; 0: any
  std::chrono::milliseconds timeout{std::chrono::minutes(30)};
  std::string origin;

  explicit operator bool() const { return !source.empty() || !file.empty(); }
};

void describe(DatabaseBackup& backup, config::OptionTable& table);

}  // namespace sluice::promote
