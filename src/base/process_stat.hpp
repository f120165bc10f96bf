// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <sys/types.h>

namespace sluice {

/// What /proc/PID/stat tells of a process (Linux, proc(5)).
struct ProcessStat
{
  pid_t id = 0;
  char state = '?';  ///< R, S, D, T, …; see has_ended
  pid_t group = 0;
  pid_t session = 0;
  std::uint64_t start_ticks = 0;  ///< since the machine started, in units of sysconf(_SC_CLK_TCK)

  /// A zombie has, though its id stays taken until somebody asks how.
  [[nodiscard]] bool
  has_ended() const
  {
    return state == 'Z' || state == 'X' || state == 'x';
  }
};

/// Nothing if it is no such text. A process may call itself anything, also ") R 1 1 1".
[[nodiscard]] std::optional<ProcessStat> parse_process_stat(std::string_view text);

/// Nothing if there is no such process, or if /proc does not show it: it may be hidden (hidepid), and not be mounted,
/// or be that of another namespace of processes.
[[nodiscard]] std::optional<ProcessStat> process_stat(pid_t process);

/// Whether /proc is that of our namespace, so that a number means there what it means to us.
[[nodiscard]] bool has_our_processes();

}  // namespace sluice
