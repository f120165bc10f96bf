// SPDX-License-Identifier: Apache-2.0
#include "base/process_session.hpp"

#include "base/number.hpp"
#include "base/process_stat.hpp"

#include <csignal>
#include <dirent.h>
#include <memory>
#include <optional>
#include <set>

namespace sluice {

namespace {

struct DirectoryCloser
{
  void
  operator()(DIR* directory) const
  {
    ::closedir(directory);
  }
};

/// Groups of the session with a process that has not ended. Nothing: there is no way to tell.
std::optional<std::set<pid_t>>
live_groups(pid_t session)
{
  const std::unique_ptr<DIR, DirectoryCloser> processes(::opendir("/proc"));
  if (processes == nullptr || !has_our_processes()) {
    return std::nullopt;
  }
  std::set<pid_t> groups;
  while (const dirent* const entry = ::readdir(processes.get())) {
    const auto id = number_of<pid_t>(entry->d_name);
    const auto stat = id ? process_stat(*id) : std::nullopt;
    if (stat && stat->session == session && !stat->has_ended()) {
      groups.insert(stat->group);
    }
  }
  return groups;
}

}  // namespace

SessionState
state_of_session(pid_t session)
{
  const auto groups = live_groups(session);
  if (!groups) {
    return SessionState::unknown;
  }
  return groups->empty() ? SessionState::ended : SessionState::alive;
}

void
signal_session(pid_t session, int signal)
{
  ::kill(-session, signal);
  for (const pid_t group : live_groups(session).value_or(std::set<pid_t>())) {
    if (group > 1 && group != session) {
      ::kill(-group, signal);
    }
  }
}

}  // namespace sluice
