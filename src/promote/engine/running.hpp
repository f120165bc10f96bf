// SPDX-License-Identifier: Apache-2.0
//
// Who kills a run does not kill its hook, which is in a session of its own. A second hook beside the first would do the
// same to the same servers at the same time, and the ledger knows no processes. So a hook that runs is noted beside the
// repository, for whoever goes on on this machine.
#pragma once

#include "git/repository.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>

namespace sluice::promote {

/// The note of a step's hook, there for as long as this object is.
class RunningHook
{
public:
  struct Call
  {
    const git::Repository& repository;
    std::string_view environment, step;
    std::uint64_t token = 0;  ///< of the run's lease: each run has notes of its own
  };

  explicit RunningHook(const Call& call);
  RunningHook(const RunningHook&) = delete;
  RunningHook& operator=(const RunningHook&) = delete;
  ~RunningHook();

  /// It runs, under this number. A note that cannot be kept costs whoever comes after a warning, not this run its
  /// promotion.
  void started(pid_t hook) const;

private:
  std::filesystem::path file_;
  std::string step_;
};

/// A hook that still works although its run has died.
struct LeftHook
{
  std::string step;
  pid_t process = 0;
};

/// The first of the environment, as far as this machine can see; nothing if there is none.
[[nodiscard]] std::optional<LeftHook> left_hook(const git::Repository& repository, std::string_view environment);

}  // namespace sluice::promote
