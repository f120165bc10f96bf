// SPDX-License-Identifier: Apache-2.0
#include "deps/hit_finding.hpp"

#include <array>

namespace sluice::deps {

namespace {

void
check(const Rule& rule, const Audit& audit, std::vector<Finding>& found)
{
  for (const Hit& hit : audit.hits) {
    if (!hit.group.is_malware) {
      found.push_back(finding_of(rule, hit));
    }
  }
}

constexpr std::array<std::string_view, 2> references{"https://ossf.github.io/osv-schema/",
                                                     "https://www.cisa.gov/known-exploited-vulnerabilities-catalog"};
constexpr std::array<std::string_view, 1> tags{"vulnerability"};

}  // namespace

extern const Rule rule_vulnerable_dependency{
    .meta =
        {.id = "vulnerable-dependency",
         .title = "A locked package has a known vulnerability",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(A lockfile names a version of a package that a published advisory speaks of. Advisories about one
thing, connected by their aliases, are one finding.)",
              .why = R"(Whoever reads the advisory knows how to attack whatever runs this version.)",
              .instead =
                  R"(Update to the version that is named: the lowest that no advisory speaks of. Where there is none,
or the package is not reached, accept it under `deps: ignore:` with a reason and a last day.)",
              .known_problems = R"(Whether the vulnerable code is reached is not looked at.)",
              .references = references},
         .severity = Severity::medium,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::deps
