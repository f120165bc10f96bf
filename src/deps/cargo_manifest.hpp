// SPDX-License-Identifier: Apache-2.0
//
// What the Cargo.toml files beside a Cargo.lock say that it does not: which of its packages are asked for by the
// project itself, for what, and which package is the project (doc.rust-lang.org/cargo, "The Manifest Format").
#pragma once

#include "deps/lockfile.hpp"

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace sluice::deps {

/// Crates' names with _ for -, as Cargo takes them for the same.
[[nodiscard]] std::string cargo_name(std::string_view name);

/// Whether a version begins as a requirement of Cargo's does: enough to tell two locked versions of one crate apart.
[[nodiscard]] bool begins_as_cargo_requirement(std::string_view version, std::string_view requirement);

struct CargoNeed
{
  Scope scope = Scope::runtime;
  std::string requirement;  ///< "1.2"; may be empty
  bool is_registry = true;
};

struct CargoManifest
{
  std::multimap<std::string, CargoNeed> needs;  ///< by the name of the crate, renames resolved
};

/// The manifests of a workspace: that of the lockfile's directory, those of its members, and what they name by path.
struct CargoManifests
{
  bool is_there = false;                                      ///< the one of the lockfile's directory
  std::string root;                                           ///< name of the package there; empty: only a workspace
  std::unordered_map<std::string, CargoManifest> by_package;  ///< by the package's name as written
  std::unordered_set<std::string> by_path;   ///< names of what is asked for by path, as written, there or not
  std::unordered_set<std::string> replaced;  ///< names of what [replace] puts another in place of
};

/// `around` is of the lockfile, and `list` gets a gap for each manifest that cannot be read. One that is not there says
/// nothing.
[[nodiscard]] CargoManifests read_cargo_manifests(const Surroundings& around, PackageList& list);

}  // namespace sluice::deps
