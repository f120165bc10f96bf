// SPDX-License-Identifier: Apache-2.0
//
// Where a project itself names a package: the line of package.json, Cargo.toml, pyproject.toml, … that a person would
// change. What is judged stays the lockfile; this is where the fix goes.
#pragma once

#include "deps/ecosystem.hpp"
#include "deps/locked_files.hpp"
#include "deps/ways.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

struct ManifestLine
{
  std::string path;  ///< relative to the root of the repository
  std::uint32_t line = 0;
  auto operator<=>(const ManifestLine&) const = default;
};

/// The manifests of all lockfiles, each read once and only when asked for.
class ManifestLines
{
public:
  /// `locked` must outlive it.
  explicit ManifestLines(const LockedFiles& locked);

  /// At most ten, by path. Empty where the lockfile is its own manifest, or none can be read.
  [[nodiscard]] std::vector<ManifestLine> naming(const LockedFile& file, std::span<const PackageId> entries,
                                                 const WayFinder& finder);

private:
  /// Lines by the name of the package, as its registry compares it.
  using Names = std::multimap<std::string, std::uint32_t>;
  using Places = std::multimap<std::string, ManifestLine>;
  struct Kind;

  static const Kind* kind_of(const LockedFile& file);
  const Names& names_in(const std::string& path, const Kind& kind, const Ecosystem& ecosystem);
  std::vector<std::string> manifests_of(const LockedFile& file, const Kind& kind);
  const Places& places_in_manifests_of(const LockedFile& file, const Kind& kind, const Ecosystem& ecosystem);

  const LockedFiles& locked_;
  std::map<std::string, Names> known_;                       ///< by path within the tree
  std::map<const LockedFile*, Places> of_file_;              ///< in all manifests of a lockfile
  std::map<std::string, std::vector<std::string>> by_name_;  ///< paths of manifests by the name of the file
  bool is_listed_ = false;
};

}  // namespace sluice::deps
