// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/holds.hpp"
#include "deps/manifest_line.hpp"
#include "deps/node_overrides.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sluice::deps {

/// What it takes to get a package of one file to a version that is clean.
struct FixRoute
{
  Holds holds;                      ///< from the clean version; empty if none is known
  std::optional<NodeOverride> pin;  ///< what pins it where it is
  std::vector<ManifestLine> named;  ///< where the project itself names it
};

/// The routes of one file's packages. What lies beside the lockfile is read when the first is asked for.
class FixRoutes
{
public:
  /// `file`, `finder` and `lines` must outlive it. `tree` may be null: then only the lockfile counts.
  FixRoutes(const LockedFile& file, const gate::ChangeTree* tree, WayFinder& finder, ManifestLines& lines);

  [[nodiscard]] FixRoute to(std::span<const PackageId> entries, const std::optional<std::string>& clean);

private:
  const LockedFile& file_;
  WayFinder& finder_;
  ManifestLines& lines_;
  std::vector<NodeOverride> overrides_;
};

/// The overrides beside a lockfile, with paths from the root of the repository.
[[nodiscard]] std::vector<NodeOverride> overrides_beside(const LockedFile& file, const gate::ChangeTree* tree);
/// As they were before the change; empty if there is nothing to compare with.
[[nodiscard]] std::vector<NodeOverride> overrides_before(const LockedFile& file, const gate::ChangeTree* tree);

}  // namespace sluice::deps
