// SPDX-License-Identifier: Apache-2.0
//
// Echo and Root build npm packages again with fixes put in, and number their builds where Semantic Versioning does not
// look: "4.17.20+echo.2", "4.17.20+root.io.1". By precedence the unmended 4.17.20 would be the same version, and clean.
// So builds are in order here (google/osv.dev, go/osv/ecosystem/{echo,root}.go): without one, then by number.
#include "deps/scheme.hpp"
#include "deps/semver.hpp"
#include "deps/version_text.hpp"

namespace sluice::deps {

namespace {

constexpr SemverDialect dialect{.prefix = "v"};

/// Empty, which is zero, if it is nobody's build.
std::string_view
build_number(const Semver& version)
{
  for (const std::string_view builder : {"echo.", "root.io."}) {
    if (version.build.starts_with(builder) && is_numeric(version.build.substr(builder.size()))) {
      return version.build.substr(builder.size());
    }
  }
  return {};
}

std::optional<Semver>
parse(std::string_view text)
{
  return parse_semver(text, dialect);
}

std::weak_ordering
compare_builds(const Semver& a, const Semver& b)
{
  const auto order = compare_precedence(a, b);
  return order != 0 ? order : compare_numbers(build_number(a), build_number(b));
}

}  // namespace

extern const Scheme scheme_npm_rebuilt{.id = "npm-rebuilt", .compare = [](std::string_view a, std::string_view b) {
                                         return compare_parsed(a, b, parse, compare_builds);
                                       }};

}  // namespace sluice::deps
