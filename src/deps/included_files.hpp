// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/locked_files.hpp"

#include <string_view>

namespace sluice::deps {

/// A file that others include is read with each of them. What it says for itself is left to it, packages as well as
/// gaps; what an including file adds stays there: the version that a constraint pins, or that it is for runtime what
/// the included one tells for development. `prefix` is where the judged tree lies in the repository: "" or
/// "services/api/".
void leave_out_includes(LockedFiles& locked, std::string_view prefix);

}  // namespace sluice::deps
