// SPDX-License-Identifier: Apache-2.0
//
// Versions that a project puts in place of what packages ask for: "overrides" of npm and Bun, "resolutions" of Yarn
// (which pnpm and Bun read too), "overrides" under "pnpm" in package.json or in pnpm-workspace.yaml. Only those of the
// project at the lockfile count, never those of members.
#pragma once

#include "deps/lockfile.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

struct NodeOverride
{
  std::string key;            ///< as written, nested ones with " > " between
  std::string name;           ///< the package that is overridden
  std::string within;         ///< only below this package; empty: everywhere
  std::string asked;          ///< only where this range is asked for; empty: any
  std::string value;          ///< a range, an alias, an address; "$name" is resolved
  bool is_reference = false;  ///< the value was written "$name": the same as what the project itself asks for
  std::string_view table;     ///< "overrides", "resolutions", "pnpm.overrides"
  std::string path;           ///< of the manifest, as `Surroundings` resolves it
  std::uint32_t line = 0;
};

/// In the order in which they stand. Empty where the format has none, or where the manifest cannot be read:
/// package.json is a gap of its own then (lockfiles/package-json.cpp), and pnpm-workspace.yaml one of the lockfile.
[[nodiscard]] std::vector<NodeOverride> read_node_overrides(Installer installer, const Surroundings& around);

}  // namespace sluice::deps
