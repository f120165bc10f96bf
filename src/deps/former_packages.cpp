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

std::set<std::string>
FormerPackages::advisories(const Package& package, const Index& index) const
{
  std::set<std::string> ids;
  const auto former = by_name_.find(key_of(package));
  if (former == by_name_.end()) {
    return ids;
  }
  std::set<std::string_view> versions;
  for (const Package* each : former->second) {
    if (!versions.insert(each->version).second) {
      continue;
    }
    for (const index::Affected& row : match(index, each->ecosystem, each->name, each->version).affected) {
      ids.emplace(index.text(index.advisory(row.advisory).id));
    }
  }
  return ids;
}

}  // namespace sluice::deps
