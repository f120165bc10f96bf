// SPDX-License-Identifier: Apache-2.0
//
// The paths by which pnpm-lock.yaml keys its packages (lockfiles/pnpm.cpp has their forms).
#pragma once

#include "data/data.hpp"
#include "deps/lockfile.hpp"
#include "deps/node_manifest.hpp"
#include "deps/node_packages.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace sluice::deps {

enum class PnpmKeys {
  slashes,   ///< 5.x
  at_signs,  ///< 6.x
  bare,      ///< 9.0
};

/// How a lockfile of a version writes them; nothing for one that is not known.
[[nodiscard]] std::optional<PnpmKeys> pnpm_keys_of_version(std::string_view version);

/// A path without the suffix of peers and patches.
[[nodiscard]] std::string_view without_pnpm_suffix(std::string_view path);

/// Name and version of a path; for what is not from the default registry it may hold an address instead of a version.
[[nodiscard]] NameAndRest split_pnpm_path(std::string_view path, PnpmKeys keys);

/// Whether the document is one for what pnpm itself needs.
[[nodiscard]] bool is_pnpm_environment(Value root);

/// A directory as `relative` names it from another; both are relative to the lockfile's.
[[nodiscard]] std::string joined_pnpm_path(std::string_view base, std::string_view relative);

/// The scopes of what a project names as peers: with "autoInstallPeers" they stand among its dependencies.
[[nodiscard]] std::unordered_map<std::string_view, Scope> peers_among_dependencies(const NodeManifest& manifest);

/// Before version 6 what a project asks for stands apart from what that was resolved to: the end of a file that was cut
/// off.
void check_pnpm_specifiers(Value importer, PackageList& list);

/// Tells of a pnpm-workspace.yaml that cannot be read: what it overrides and which scripts it lets run stand nowhere
/// else.
void check_pnpm_workspace(const Surroundings& around, PackageList& list);

}  // namespace sluice::deps
