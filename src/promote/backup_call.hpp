// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/environment.hpp"
#include "promote/backup_setting.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <set>
#include <string>

namespace sluice::promote {

/// What a backup is taken and proven with.
struct BackupCall
{
  const DatabaseBackup& setting;
  std::filesystem::path directory;  ///< root of the work tree, from which `setting.file` is named
  const Environment& process;       ///< variables of the process: addresses may be in them, programs get them
  std::chrono::sys_seconds now;
  std::function<bool()> tick;  ///< called a few times a second while a program runs; false: stop. Empty: never stop
  /// Digests (SHA-256, hexadecimal) and names, as BackupProof has them, of files that are kept however many there are:
  /// those that the newest confirmed release of any environment needs. A file that was moved aside since is known by
  /// its digest alone.
  std::set<std::string> keep;
};

}  // namespace sluice::promote
