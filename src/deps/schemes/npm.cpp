// SPDX-License-Identifier: Apache-2.0
#include "deps/npm_version.hpp"
#include "deps/scheme.hpp"
#include "deps/semver.hpp"
#include "deps/version_text.hpp"

namespace sluice::deps {

namespace {

// node-semver 7, strict: blanks around and one leading "v" are taken off, at most 256 characters, no number above
// 2^53 - 1.
constexpr std::size_t max_length = 256;
constexpr SemverDialect dialect{.prefix = "v", .max_number = max_npm_number};

std::optional<Semver>
parse(std::string_view text)
{
  return text.size() > max_length ? std::nullopt : parse_semver(without_blanks(text), dialect);
}

std::weak_ordering
compare_javascript(const Semver& a, const Semver& b)
{
  return compare_precedence(a, b, compare_npm_identifier);
}

}  // namespace

extern const Scheme scheme_npm{.id = "npm", .compare = [](std::string_view a, std::string_view b) {
                                 return compare_parsed(a, b, parse, compare_javascript);
                               }};

}  // namespace sluice::deps
