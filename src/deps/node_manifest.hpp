// SPDX-License-Identifier: Apache-2.0
//
// package.json, as far as lockfiles need it: what a project names itself, and which directories are its members.
#pragma once

#include "data/data.hpp"
#include "deps/lockfile.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

/// Something that a package.json names.
struct ManifestNeed
{
  std::string_view name;
  std::string_view range;
  Scope scope = Scope::runtime;
  std::uint32_t line = 0;
  bool is_optional_peer = false;  ///< nothing installs it for this need alone
};

/// Texts are views into it.
struct NodeManifest
{
  std::string text;
  Data data;
  std::string_view name, version;         ///< empty where it has none
  std::vector<ManifestNeed> needs;        ///< without those that optionalDependencies overrides
  std::vector<std::string_view> members;  ///< globs of workspace members' directories, as written
};

/// Null if there is none. A broken one is a gap of the list, told as one of the file at `path`, relative to the
/// lockfile's directory.
[[nodiscard]] std::shared_ptr<const NodeManifest> read_node_manifest(const Surroundings& around, std::string_view path,
                                                                     PackageList& list);

/// As `read_node_manifest`, of a text that is there. Errors: why it cannot be read.
[[nodiscard]] tl::expected<std::shared_ptr<const NodeManifest>, Defect> parse_node_manifest(std::string text);

/// The directories with a package.json that a project's globs name, relative to the lockfile's directory, sorted.
[[nodiscard]] std::vector<std::string>
member_directories(const Surroundings& around, const std::vector<std::string_view>& globs, PackageList& list);

/// Whether such globs name a directory, whatever is in it; `directory` is relative to where they stand.
[[nodiscard]] bool is_member_directory(const std::vector<std::string_view>& globs, std::string_view directory);

/// Whether a dependency is one of the project's own by what its range says.
[[nodiscard]] bool is_own_range(std::string_view range);

/// Whether npm locks what a manifest names, whatever happens: neither what is optional or a peer nor the project's own.
[[nodiscard]] bool is_locked_by_npm(const ManifestNeed& need);

/// Whether a list is of the manifest itself or of a lockfile beside it: whose lines its packages have.
enum class ListOf { manifest, lockfile };

/// Lists what a manifest names and no lockfile locks: without a version, unless the manifest says exactly one, and a
/// gap for each. Nothing for what is the project's own.
void report_unlocked(const NodeManifest& manifest, ListOf list_of, std::string_view fix, PackageList& list);

/// A lockfile that has no third-party package is right where package.json beside it names none.
void report_none_locked(const LockText& file, std::string_view fix, PackageList& list);

}  // namespace sluice::deps
