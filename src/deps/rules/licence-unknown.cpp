// SPDX-License-Identifier: Apache-2.0
#include "deps/licence_finding.hpp"

#include <array>

namespace sluice::deps {

namespace {

void
check(const Rule& rule, const Audit& audit, std::vector<Finding>& found)
{
  report_licences(rule, audit, LicenceVerdict::Outcome::unknown, found);
}

constexpr std::array<std::string_view, 1> references{"https://spdx.org/licenses/"};
constexpr std::array<std::string_view, 1> tags{"licence"};

}  // namespace

extern const Rule rule_licence_unknown{
    .meta =
        {.id = "licence-unknown",
         .title = "A locked package is under a licence that nobody knows",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(There is a policy under `deps: licences:`, and what a package says of its licence is nothing, a file,
`UNLICENSED`, or a name that is not on SPDX's list and may mean several licences: `BSD`, `GPLv3`, `LicenseRef-…`. What
that comes to is `unknown` of the policy: it warns unless that says otherwise.)",
              .why = R"(Without a licence nobody may use a package at all, and one that has not been read may ask for
anything.)",
              .instead =
                  R"(Read the licence, and accept the package under `deps: licences: exceptions:` with a reason and a
last day.)",
              .references = references},
         .severity = Severity::low,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::deps
