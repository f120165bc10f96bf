// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/setup.hpp"

#include <string>

namespace sluice::cli {

/// The whole command that repeats this run in the same directory, quoted for a POSIX shell: `setup.called`, the range
/// as it was resolved, in full ids, and every option that decides what is found and that a flag, a variable or an input
/// of the action gave. Left out are options of what is printed where, and the configuration file, which is there. Empty
/// where there was nothing to look at.
[[nodiscard]] std::string repeat_command(const Setup& setup);

}  // namespace sluice::cli
