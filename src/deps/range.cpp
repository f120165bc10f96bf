// SPDX-License-Identifier: Apache-2.0
#include "deps/range.hpp"

#include "deps/node_packages.hpp"

namespace sluice::deps {

std::optional<NpmRange>
npm_range_in(std::string_view written)
{
  if (const auto alias = alias_in(written)) {
    return NpmRange::parse(alias->rest);
  }
  constexpr std::string_view protocol = "npm:";
  return NpmRange::parse(written.substr(written.starts_with(protocol) ? protocol.size() : 0));
}

std::optional<bool>
range_admits(std::string_view ecosystem, std::string_view range, std::string_view version)
{
  if (ecosystem != npm_ecosystem || !parse_npm_version(version)) {
    return std::nullopt;
  }
  const auto parsed = npm_range_in(range);
  return parsed ? std::optional(parsed->admits(version)) : std::nullopt;
}

}  // namespace sluice::deps
