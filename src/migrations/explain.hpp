// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/why.hpp"
#include "migrations/change_set.hpp"
#include "migrations/rule.hpp"
#include "migrations/sql.hpp"

#include <vector>

namespace sluice::migrations {

/// Notes what a file consists of before any rule sees it: its statements, what of it could not be read, and that the
/// file is not judged where that is so.
void note_script(const Migration& migration, const Script& script, gate::Decisions& decisions);

/// Notes of the statements about which the rules said nothing that there was nothing to look at.
void note_silence(const JudgedFile& file, const std::vector<const Rule*>& rules, Reporter& reporter);

}  // namespace sluice::migrations
