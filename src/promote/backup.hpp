// SPDX-License-Identifier: Apache-2.0
//
// A backup is a claim until it was restored. What goes wrong in the field goes wrong in silence: a pipe whose first
// program failed, a file of yesterday, psql that ends with 0 after forty errors, a dump of another database. So the
// dump is restored to a database of its own, by programs that stop at the first error, and what is there then is
// compared with what the source held when it was dumped: tables, columns, constraints, indexes, and every table's rows.
// Reading the archive's list, or its size, would have passed all of those.
#pragma once

#include "base/result.hpp"
#include "promote/backup_call.hpp"
#include "promote/backup_proof.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace sluice::promote {

struct BackupOutcome
{
  enum class Kind {
    proven,
    refused,      ///< the dump failed, or is not what it should be
    unavailable,  ///< a server cannot be reached, or something did not end in time: nothing is known of the dump
  };

  Kind kind = Kind::unavailable;
  std::string why;                 ///< one line; empty if it is proven
  BackupProof proof;               ///< if it is proven
  std::vector<std::string> notes;  ///< what a reader should know: earlier files removed, a database left behind
};

/// Takes the backup and proves it. Three ways, by what the setting has:
///   - `dump`: the command is run and writes `file`; an earlier file is moved aside before. Its rows may be as many as
///     the source had before or after it, or anything in between;
///   - `source` alone: pg_dump, from the snapshot that is counted, so that rows are compared exactly;
///   - `file` alone: something else made it. It must not be older than `max_age`, and is restored but has nothing to be
///     compared with.
/// A file of the configured name is only ever a proven one; what was not is "NAME.unproven".
///
/// Errors: ErrorKind::config, an address or a name is missing or wrong (no `scratch`: a backup that is not restored is
/// not proven); ErrorKind::environment, a program is not installed or a directory cannot be written.
[[nodiscard]] Result<BackupOutcome> take_backup(const BackupCall& call);

/// Why a restore is due: the last one that was proven is too long ago, or there was none. Nothing if it is not, or
/// `drill_max_age` asks for none.
[[nodiscard]] std::optional<std::string> overdue_drill(const DatabaseBackup& setting,
                                                       std::optional<std::chrono::sys_seconds> last_proven,
                                                       std::chrono::sys_seconds now);

}  // namespace sluice::promote
