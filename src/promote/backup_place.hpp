// SPDX-License-Identifier: Apache-2.0
//
// Where a dump is written, and what becomes of the ones before it. No dump is ever written over another: a file of the
// configured name is a proven one, the former of that name is moved aside with the time of its writing, and what was
// not proven is put out of the way as "NAME.unproven".
#pragma once

#include "base/interruption.hpp"
#include "base/result.hpp"
#include "promote/backup_call.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::promote {

/// "20261121T040506Z"
[[nodiscard]] std::string compact_time(std::chrono::sys_seconds time);

/// Of a file that is being written. Unless it is accepted, everything is as before when the object goes, but for the
/// file that was written, which is "NAME.unproven" then.
class PendingBackup
{
public:
  enum class Writing {
    beside,    ///< to a temporary name, by us
    in_place,  ///< to its own name, by a command
  };

  /// Moves a former file of that name aside if the new one is written in place. Errors: ErrorKind::config, no `file` is
  /// set; ErrorKind::environment, the directory cannot be made or written; ErrorKind::input, the name is something else
  /// than a file, or a link leads out of the work tree.
  [[nodiscard]] static Result<PendingBackup> begin(const BackupCall& call, Writing writing);

  PendingBackup(PendingBackup&& other) noexcept;
  PendingBackup& operator=(PendingBackup&&) = delete;
  PendingBackup(const PendingBackup&) = delete;
  PendingBackup& operator=(const PendingBackup&) = delete;
  ~PendingBackup();

  /// Where the dump is to be written.
  [[nodiscard]] const std::filesystem::path&
  written() const
  {
    return written_;
  }
  /// Where it is once it is accepted.
  [[nodiscard]] const std::filesystem::path&
  target() const
  {
    return target_;
  }

  /// Gives the dump its name. Errors: ErrorKind::environment.
  [[nodiscard]] Result<> accept();

private:
  PendingBackup() = default;
  void put_out_of_the_way() const;

  std::filesystem::path target_;
  std::filesystem::path written_;
  std::filesystem::path aside_;             ///< where the former file is; empty: it was not moved
  std::unique_ptr<TemporaryName> partial_;  ///< of a file beside the target: an interruption removes it
  bool is_settled_ = false;
};

/// Removes files of earlier dumps beyond `setting.keep`, never one that `call.keep` names, nor `newest`; returns the
/// names of those removed. Nothing but what PendingBackup named is ever removed.
[[nodiscard]] std::vector<std::string> remove_earlier_backups(const BackupCall& call,
                                                              const std::filesystem::path& newest);

/// The newest file that the setting means, which something else made: `{time}` in it is any text. Errors
/// (ErrorKind::input): there is none.
[[nodiscard]] Result<std::filesystem::path> find_backup(const BackupCall& call);

/// As BackupProof names a file: from the root of the work tree if it is below it.
[[nodiscard]] std::string name_of_backup(const BackupCall& call, const std::filesystem::path& path);

}  // namespace sluice::promote
