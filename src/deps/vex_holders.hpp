// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/package.hpp"
#include "deps/vex.hpp"
#include "deps/ways.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace sluice::deps {

/// Whether a version that a statement names is the package's own; one that it does not name is.
[[nodiscard]] bool is_version_said(std::string_view ecosystem, std::string_view said, std::string_view own);

/// Whether a component names the package.
[[nodiscard]] bool names(const VexComponent& component, const Package& package);

/// What of a list can be the product that holds a package, made once for many questions.
class VexHolders
{
public:
  /// `list` must outlive it.
  explicit VexHolders(const PackageList& list);

  /// Whether the product is the project or a member of it.
  [[nodiscard]] bool is_project(const VexComponent& product) const;
  /// Whether there are ways to the package, which may be several entries, and all lead through one that the product
  /// names. False once it has followed as many needs as a `WayFinder` does at most.
  [[nodiscard]] bool is_held_by(std::span<const PackageId> package, const VexComponent& product);

private:
  const PackageList& list_;
  WayFinder finder_;
  std::uint64_t steps_ = 0;     ///< needs that were followed
  std::vector<PackageId> own_;  ///< root and members
};

}  // namespace sluice::deps
