// SPDX-License-Identifier: Apache-2.0
#include "deps/subject.hpp"

#include "deps/ecosystem.hpp"
#include "deps/purl.hpp"

#include <fmt/format.h>

namespace sluice::deps {

std::string
purl_of(const Package& package)
{
  return to_text(purl_of(package.ecosystem, package.name, package.version));
}

std::string
shown_name(const Package& package)
{
  return package.version.empty() ? fmt::format("{} without a version", package.name)
                                 : fmt::format("{} {}", package.name, package.version);
}

std::string
name_to_compare(const Package& package)
{
  return normalised(package.ecosystem, package.name);
}

std::string
name_key(const Package& package)
{
  return fmt::format("{}\n{}", package.ecosystem, name_to_compare(package));
}

}  // namespace sluice::deps
