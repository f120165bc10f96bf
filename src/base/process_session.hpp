// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

namespace sluice {

enum class SessionState {
  alive,
  ended,    ///< all its processes have, or are zombies
  unknown,  ///< there is no /proc to look it up in
};

[[nodiscard]] SessionState state_of_session(pid_t session);

/// Sends a signal to every process of the session: its leader's group, and those that were made in it (`timeout` makes
/// one, and a shell with job control one a job). The leader's status must not have been asked for yet, or the number
/// may be another's by now.
void signal_session(pid_t session, int signal);

}  // namespace sluice
