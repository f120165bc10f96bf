// SPDX-License-Identifier: Apache-2.0
#include "deps/former_packages.hpp"

#include "deps/advisories/matching.hpp"
#include "deps/lock_finding.hpp"

namespace sluice::deps {

namespace {

std::string
key_of(const Package& package)
{
  return package_key(package.ecosystem, name_to_compare(package));
}

}  // namespace

FormerPackages::FormerPackages(const PackageList& list)
{
  for (const Package& package : list.packages()) {
    if (package.part == Part::third_party) {
      by_name_[key_of(package)].push_back(&package);
    }
  }
}

FormerAdvisories
FormerPackages::advisories(const Package& package, const Index& index) const
{
  FormerAdvisories all;
  const auto former = by_name_.find(key_of(package));
  if (former == by_name_.end()) {
    return all;
  }
  std::map<std::string_view, FormerStanding> versions;
  for (const Package* each : former->second) {
    versions[each->version].emplace(each->scope, each->is_direct);
  }
  for (const auto& [version, standing] : versions) {
    for (const index::Affected& row : match(index, package.ecosystem, package.name, version).affected) {
      all[std::string(index.text(index.advisory(row.advisory).id))].insert(standing.begin(), standing.end());
    }
  }
  return all;
}

}  // namespace sluice::deps
