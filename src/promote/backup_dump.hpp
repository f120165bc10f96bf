// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "promote/backup_call.hpp"
#include "promote/backup_difference.hpp"
#include "promote/postgres.hpp"

#include <chrono>
#include <filesystem>

namespace sluice::promote {

struct TakenDump
{
  BackupSource source;
  std::chrono::milliseconds duration{};  ///< of the dump alone
};

/// Dumps the source to `file`: by pg_dump, from the very snapshot that is counted, or by the command of the setting,
/// with the source counted before and after it. `name` is what the file is called once it is proven.
///
/// Errors: ErrorKind::input if the dump failed, or there is none after it; ErrorKind::unavailable if the source cannot
/// be reached or something did not end in time; ErrorKind::environment if a program is missing.
[[nodiscard]] Result<TakenDump> take_dump(const BackupCall& call, const PostgresClient& source,
                                          const std::filesystem::path& file, const std::filesystem::path& name);

}  // namespace sluice::promote
