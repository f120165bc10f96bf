// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "promote/backup_contents.hpp"
#include "promote/backup_format.hpp"

#include <chrono>
#include <filesystem>

namespace sluice::promote {

/// A dump that is to be restored to a new database, and what it came from.
struct RestoreRequest
{
  std::filesystem::path file;
  PostgresClient scratch;                  ///< server on which the database is made
  const BackupContents* source = nullptr;  ///< null: nothing is known of it
  std::vector<std::string> schemas;        ///< that are read back
};

struct Restored
{
  BackupFormat format = BackupFormat::custom;
  BackupContents contents;
  std::chrono::milliseconds duration{};  ///< of the restore alone
  std::string left_behind;               ///< why the scratch database could not be dropped; empty: it was
};

/// Restores it, stopping at the first error, reads what is there then, and drops the database again.
///
/// Errors: ErrorKind::input, a clause about the dump, if it is cut off or damaged, cannot be restored, or holds what
/// must not be run; ErrorKind::unavailable if the scratch server cannot be reached or refuses to make a database;
/// ErrorKind::environment if PostgreSQL's programs are missing.
[[nodiscard]] Result<Restored> restore_backup(const RestoreRequest& request);

}  // namespace sluice::promote
