// SPDX-License-Identifier: Apache-2.0
//
// Which packages a project lets run their install scripts, as it told its package manager. Each keeps its own list:
//
//   npm       package.json "allowScripts" {"name@1.0.0 || 1.0.1": true, "name": false}
//             (RFC 54; npm 11.16 tells, 12 blocks)
//   pnpm      pnpm-workspace.yaml or package.json "pnpm": allowBuilds {name: true}; before 10.26
//             onlyBuiltDependencies, ignoredBuiltDependencies and neverBuiltDependencies; 10 and later block all others
//   Bun       package.json "trustedDependencies" [name]; blocks all others but those of a list of its own
//   Yarn      package.json "dependenciesMeta" {name: {built: true}}, .yarnrc.yml enableScripts
//   Deno      deno.json "allowScripts" ["npm:name"] or {"allow": […], "deny": […]}; blocks all others
//   Composer  composer.json config.allow-plugins {"vendor/*": true}; blocks all others since 2.2
#pragma once

#include "deps/lockfile.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

struct ScriptEntry
{
  std::string name;                   ///< as the registry has it; for Composer a glob
  std::vector<std::string> versions;  ///< empty: all
  bool may_run = false;
  std::string path;  ///< of the file in which it stands
  std::uint32_t line = 0;
};

/// What becomes of the install script of a package.
enum class ScriptFate {
  unsettled,  ///< it runs, and nobody said that it may
  allowed,
  denied,
  blocked,  ///< the package manager runs none that is not allowed
};

struct ScriptConsent
{
  std::vector<ScriptEntry> entries;   ///< by name
  std::vector<ScriptEntry> patterns;  ///< those of which the name is a glob or an address
  bool blocks_others = false;         ///< what no entry names does not run
  std::string how;                    ///< how a package is let or not let run its scripts, in the imperative

  [[nodiscard]] ScriptFate fate_of(const Package& package) const;
};

/// From the files beside a lockfile. What of them cannot be read says nothing.
[[nodiscard]] ScriptConsent read_script_consent(Installer installer, const Surroundings& around);

/// A sentence for each entry that names a package which none of the lockfile is.
[[nodiscard]] std::vector<std::string> stale_entries(const ScriptConsent& consent, const PackageList& list);

}  // namespace sluice::deps
