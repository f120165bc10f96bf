// SPDX-License-Identifier: Apache-2.0
#include "deps/range.hpp"

#include "deps/ecosystem.hpp"
#include "deps/node_packages.hpp"
#include "deps/version_range.hpp"
#include "deps/version_text.hpp"

namespace sluice::deps {

namespace {

/// Numbers alone, without what stands behind a plus and is not of the release: a build of SemVer, Python's local part.
bool
is_release(std::string_view version)
{
  version = version.substr(0, version.find('+'));
  if (!take(version, 'v')) {
    static_cast<void>(take(version, 'V'));
  }
  bool is_number = !version.empty();
  while (is_number && !version.empty()) {
    is_number = is_numeric(take_part(version, '.'));
  }
  return is_number;
}

}  // namespace

std::optional<NpmRange>
npm_range_in(std::string_view written)
{
  if (const auto alias = alias_in(written)) {
    return NpmRange::parse(alias->rest);
  }
  constexpr std::string_view protocol = "npm:";
  return NpmRange::parse(written.substr(written.starts_with(protocol) ? protocol.size() : 0));
}

bool
are_ranges_known(std::string_view ecosystem)
{
  return ecosystem == npm_ecosystem || range_syntax(ecosystem) != nullptr;
}

std::optional<bool>
range_admits(std::string_view ecosystem, std::string_view range, std::string_view version)
{
  if (ecosystem == npm_ecosystem) {
    const auto parsed = parse_npm_version(version) ? npm_range_in(range) : std::nullopt;
    return parsed ? std::optional(parsed->admits(version)) : std::nullopt;
  }
  const RangeSyntax* syntax = range_syntax(ecosystem);
  const Scheme* scheme = scheme_of(ecosystem);
  if (syntax == nullptr || scheme == nullptr || (!syntax->are_prereleases_told && !is_release(version))) {
    return std::nullopt;
  }
  const auto parsed = syntax->parse(range);
  return parsed ? parsed->admits(*scheme, version.substr(0, version.find('+'))) : std::nullopt;
}

}  // namespace sluice::deps
