// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/rule.hpp"

#include <string_view>

namespace sluice::deps {

/// A finding for each reference of a kind that is not pinned. `danger` says what happens: "whoever can move the tag
/// runs their code in this workflow"; `help` what to do.
void report_unpinned(const Rule& rule, const Audit& audit, Reference::Kind kind, std::string_view danger,
                     std::string_view help, std::vector<Finding>& found);

}  // namespace sluice::deps
