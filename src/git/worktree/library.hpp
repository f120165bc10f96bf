// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace sluice::git {

/// Starts libgit2 once for the process, deaf to the configuration of the machine: a gate must see the same files
/// everywhere.
void start_library();

}  // namespace sluice::git
