// SPDX-License-Identifier: Apache-2.0
#include "deps/hit_finding.hpp"

#include <array>

namespace sluice::deps {

namespace {

void
check(const Rule& rule, const Audit& audit, std::vector<Finding>& found)
{
  for (const Hit& hit : audit.hits) {
    if (hit.group.is_malware) {
      found.push_back(finding_of(rule, hit));
    }
  }
}

constexpr std::array<std::string_view, 1> references{"https://github.com/ossf/malicious-packages"};
constexpr std::array<std::string_view, 1> tags{"malware"};

}  // namespace

extern const Rule rule_malicious_dependency{
    .meta =
        {.id = "malicious-dependency",
         .title = "A locked package is malware",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(A lockfile names a version of a package that was published to attack whoever installs it. It fails
whatever the package is needed for: an install script runs on the machine that builds.)",
              .why = R"(Each machine that installed it may have lost every credential that it could read.)",
              .instead = R"(Remove the package, take every machine that installed it for compromised, and renew the
credentials that were on it.)",
              .references = references},
         .severity = Severity::critical,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::deps
