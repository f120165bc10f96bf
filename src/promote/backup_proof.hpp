// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.hpp"
#include "base/result.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

namespace sluice::promote {

/// A dump that was restored and held what its source did.
struct BackupProof
{
  /// Whether there was a source to compare it with. A dump that something else made is only known to be restorable.
  enum class Compared { with_source, with_nothing };

  std::string file;    ///< from the root of the work tree if it is below it
  std::string sha256;  ///< of the file, hexadecimal
  std::uint64_t bytes = 0;
  std::chrono::sys_seconds made;          ///< when the dump was begun, or when the file that was found was last written
  std::chrono::sys_seconds proven;        ///< when it had been restored and compared
  std::chrono::milliseconds dump_time{};  ///< 0: something else made it
  std::chrono::milliseconds restore_time{};
  std::string format;          ///< "custom", "tar", "plain", "plain-gzip"
  std::string server_version;  ///< of the source; of the scratch server if there was no source
  std::string database;        ///< name of the source; empty: there was none
  std::uint64_t tables = 0;
  std::uint64_t constraints = 0;
  std::uint64_t rows = 0;
  bool empty = false;  ///< it has no row, and is so by design
  Compared compared = Compared::with_source;
};

[[nodiscard]] Json json_of(const BackupProof& proof);

/// Errors (ErrorKind::input): a member is missing or of another type.
[[nodiscard]] Result<BackupProof> read_backup_proof(const Json& json);

/// That the file is still there and still the one that was proven, before anything relies on it. `root` is that of the
/// work tree. Errors (ErrorKind::input): it is not.
[[nodiscard]] Result<> check_backup_file(const BackupProof& proof, const std::filesystem::path& root);

}  // namespace sluice::promote
