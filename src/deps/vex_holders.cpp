// SPDX-License-Identifier: Apache-2.0
#include "deps/vex_holders.hpp"

#include "deps/ecosystem.hpp"

#include <algorithm>

namespace sluice::deps {

namespace {

/// Those that say which package it is, and are in what `package_of` makes of it; of Maven "jar" is what is meant
/// anyway.
bool
is_understood(const Purl& purl)
{
  return std::all_of(purl.qualifiers.begin(), purl.qualifiers.end(), [&purl](const auto& qualifier) {
    const auto& [key, value] = qualifier;
    return key == "distro" || key == "upstream" || key == "epoch"
           || (purl.type == "maven" && key == "type" && value == "jar");
  });
}

bool
is_ecosystem(std::string_view said, std::string_view own)
{
  return said == own || said == own.substr(0, own.find(':'));
}

bool
is_name(std::string_view ecosystem, std::string_view said, std::string_view own)
{
  return normalised(ecosystem, said) == normalised(ecosystem, own);
}

}  // namespace

bool
is_version_said(std::string_view ecosystem, std::string_view said, std::string_view own)
{
  if (said.empty() || said == own) {
    return true;
  }
  const Scheme* scheme = scheme_of(ecosystem);
  const auto order = scheme == nullptr ? std::nullopt : scheme->compare(said, own);
  return order && *order == std::weak_ordering::equivalent;
}

bool
names(const VexComponent& component, const Package& package)
{
  return std::any_of(component.purls.begin(), component.purls.end(), [&package](const Purl& purl) {
    const PurlPackage said = package_of(purl);
    return !said.ecosystem.empty() && is_understood(purl) && is_ecosystem(said.ecosystem, package.ecosystem)
           && is_name(said.ecosystem, said.name, package.name)
           && is_version_said(package.ecosystem, said.version, package.version);
  });
}

VexHolders::VexHolders(const PackageList& list)
    : list_(list),
      finder_(list)
{
  for (PackageId id = 0; id < list.packages().size(); ++id) {
    if (list.packages()[id].part != Part::third_party) {
      own_.push_back(id);
    }
  }
}

// Which ecosystem they are of a list need not say of its own.
bool
VexHolders::is_project(const VexComponent& product) const
{
  return std::any_of(own_.begin(), own_.end(), [this, &product](PackageId id) {
    const Package& package = list_.packages()[id];
    return !package.name.empty()
           && std::any_of(product.purls.begin(), product.purls.end(), [&package](const Purl& purl) {
                const PurlPackage said = package_of(purl);
                return is_name(said.ecosystem, said.name, package.name)
                       && (package.version.empty() || is_version_said(said.ecosystem, said.version, package.version));
              });
  });
}

// Up from the package. What nobody needs was asked for by somebody that the format does not name.
bool
VexHolders::is_held_by(std::span<const PackageId> package, const VexComponent& product)
{
  if (steps_ > WayFinder::most_steps) {
    return false;
  }
  steps_ += list_.packages().size() / 64;  // the marks below
  std::vector<bool> seen(list_.packages().size());
  std::vector<PackageId> queue(package.begin(), package.end());
  bool is_held = false;
  for (std::size_t at = 0; at < queue.size(); ++at) {
    const auto above = finder_.needs_of(queue[at]);
    steps_ += above.size();
    if (above.empty() || steps_ > WayFinder::most_steps) {
      return false;
    }
    for (const Need* need : above) {
      const PackageId from = need->from;
      if (list_.packages()[from].part != Part::third_party) {
        return false;
      }
      if (names(product, list_.packages()[from])) {
        is_held = true;
      } else if (!seen[from]) {
        seen[from] = true;
        queue.push_back(from);
      }
    }
  }
  return is_held;
}

}  // namespace sluice::deps
