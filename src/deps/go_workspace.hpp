// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/go_mod_lines.hpp"
#include "deps/lockfile.hpp"

#include <optional>

namespace sluice::deps {

/// What the go.work above a go.mod puts in place of modules (go.dev/ref/mod, "Workspaces"): its replacements go before
/// those of the modules. Nothing if there is none, or if it does not use this module. One that cannot be read is a gap
/// of the list, which keeps what the views point into.
[[nodiscard]] std::optional<GoReplacements> read_go_workspace(const LockText& file, PackageList& list);

}  // namespace sluice::deps
