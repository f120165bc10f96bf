// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/advisories/index.hpp"
#include "deps/package.hpp"

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace sluice::deps {

/// What a lockfile had before the change, by what the registry takes for one name.
class FormerPackages
{
public:
  /// `list` must outlive it.
  explicit FormerPackages(const PackageList& list);

  /// Ids of the advisories about any version of the package that was there: whoever keeps a hole by a bump brings
  /// nothing.
  [[nodiscard]] std::set<std::string> advisories(const Package& package, const Index& index) const;

private:
  std::unordered_map<std::string, std::vector<const Package*>> by_name_;
};

}  // namespace sluice::deps
