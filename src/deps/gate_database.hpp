// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/advisories/database.hpp"
#include "deps/locked_files.hpp"
#include "deps/options.hpp"
#include "finding/finding.hpp"
#include "gate/change_tree.hpp"
#include "gate/input.hpp"

namespace sluice::deps {

/// The database that a run of the gate judges by, brought up to date if that is asked for, or of what a service
/// answers: what there is to tell of it goes to `findings`. Without packages that a change could bring, it is an empty
/// one if there is none. Errors as of open_database() and online_database(); (ErrorKind::config): it would be brought
/// up to date inside what the repository tracks.
[[nodiscard]] Result<Database> gate_database(const DepsOptions& options, const gate::Input& input,
                                             const gate::ChangeTree& tree, const LockedFiles& locked,
                                             Findings& findings);

}  // namespace sluice::deps
