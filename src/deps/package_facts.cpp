// SPDX-License-Identifier: Apache-2.0
#include "deps/package_facts.hpp"

#include <fmt/format.h>

namespace sluice::deps {

void
add_fact(Finding& finding, std::string key, std::string label, std::string value)
{
  if (!value.empty()) {
    finding.facts.push_back({std::move(key), std::move(label), std::move(value)});
  }
}

void
add_name_and_version(Finding& finding, const Package& package)
{
  add_fact(finding, "package", "", std::string(package.name));
  add_fact(finding, "version", "", std::string(package.version));
}

void
add_scope(Finding& finding, const Package& package)
{
  add_fact(finding, "scope", "needed for",
           fmt::format("{}, {}", name_of(package.scope), package.is_direct ? "direct" : "transitive"));
}

}  // namespace sluice::deps
