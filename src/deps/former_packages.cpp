// SPDX-License-Identifier: Apache-2.0
#include "deps/former_packages.hpp"

#include "deps/advisories/matching.hpp"
#include "deps/subject.hpp"

namespace sluice::deps {

FormerPackages::FormerPackages(const PackageList& list)
{
  for (const Package& package : list.packages()) {
    if (package.part == Part::third_party) {
      by_name_[name_key(package)].push_back(&package);
    }
  }
}

FormerAdvisories
FormerPackages::advisories(const Package& package, const Index& index) const
{
  FormerAdvisories all;
  const auto former = by_name_.find(name_key(package));
  if (former == by_name_.end()) {
    return all;
  }
  std::map<std::string_view, FormerStanding> versions;
  for (const Package* each : former->second) {
    versions[each->version].emplace(each->scope, each->is_direct);
  }
  for (const auto& [version, standing] : versions) {
    for (const index::Affected& row : rows_about(index, package.ecosystem, package.name, version).affected) {
      all[std::string(index.text(index.advisory(row.advisory).id))].insert(standing.begin(), standing.end());
    }
  }
  return all;
}

}  // namespace sluice::deps
