// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/advisories/index.hpp"
#include "deps/package.hpp"

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace sluice::deps {

/// For what packages were needed, and whether directly.
using FormerStanding = std::set<std::pair<Scope, bool>>;
/// By the id of an advisory, of the entries that it was about.
using FormerAdvisories = std::map<std::string, FormerStanding>;

/// What a lockfile had before the change, by what the registry takes for one name.
class FormerPackages
{
public:
  /// `list` must outlive it.
  explicit FormerPackages(const PackageList& list);

  /// The advisories about any version of the package that was there: whoever keeps a hole by a bump brings nothing.
  [[nodiscard]] FormerAdvisories advisories(const Package& package, const Index& index) const;

private:
  std::unordered_map<std::string, std::vector<const Package*>> by_name_;
};

}  // namespace sluice::deps
