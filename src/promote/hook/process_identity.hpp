// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <sys/types.h>

namespace sluice::promote {

/// Which process of which machine. What could not be found out is empty or 0.
struct ProcessIdentity
{
  std::string host;
  /// Of the machine, whatever its name: a hash, for machine-id(5) says that the id itself is nobody's business.
  std::string machine;
  std::string boot_id;              ///< of this run of its kernel, which its containers share
  std::uint64_t pid_namespace = 0;  ///< inode of /proc/PID/ns/pid: within which the number is one
  pid_t pid = 0;
  std::uint64_t start_ticks = 0;  ///< when it started, so that another of the same number is not it

  bool operator==(const ProcessIdentity&) const = default;
};

[[nodiscard]] ProcessIdentity this_process();
/// Another process of ours, such as a hook that runs.
[[nodiscard]] ProcessIdentity identity_of(pid_t process);

[[nodiscard]] Json to_json(const ProcessIdentity& identity);
/// Errors: ErrorKind::input, if a member is of another type or its number none of a process. What is not there is
/// unknown.
[[nodiscard]] Result<ProcessIdentity> process_identity_of(const Json& json);

enum class Liveness {
  alive,
  dead,     ///< proven: seen from where it would be visible, or of a machine that has started again since
  unknown,  ///< of another machine or namespace, or one of the two processes could not see enough
};

[[nodiscard]] Liveness liveness_of(const ProcessIdentity& identity);
/// As this process says it if it is `observer`.
[[nodiscard]] Liveness liveness_of(const ProcessIdentity& identity, const ProcessIdentity& observer);

}  // namespace sluice::promote
