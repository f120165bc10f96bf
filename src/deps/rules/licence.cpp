// SPDX-License-Identifier: Apache-2.0
#include "deps/licence_finding.hpp"

#include <array>

namespace sluice::deps {

namespace {

void
check(const Rule& rule, const Audit& audit, std::vector<Finding>& found)
{
  report_licences(rule, audit, LicenceVerdict::Outcome::refused, found);
}

constexpr std::array<std::string_view, 2> references{"https://spdx.org/licenses/",
                                                     "https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/"};
constexpr std::array<std::string_view, 1> tags{"licence"};

}  // namespace

extern const Rule rule_licence{
    .meta =
        {.id = "licence",
         .title = "A locked package is under a licence that the policy refuses",
         .since = "0.1.0",
         .doc = {.what = R"(A package's licence is denied, or is not among those that are allowed, by the policy under
`deps: licences:`. Of a choice (`MIT OR GPL-3.0-only`) one that passes is enough; of a sum (`AND`) all must pass;
`GPL-2.0-or-later` passes in whichever later version passes. Without a policy nothing is judged.)",
                 .why = R"(Whoever passes the product on does so under conditions that nobody agreed to, and may have to
publish its source, or to stop.)",
                 .instead = R"(Use another package, ask the owner for another licence, or accept it under
`deps: licences: exceptions:` with a reason and a last day.)",
                 .known_problems =
                     R"(What the package says of itself is taken for true; its files are not looked at. Actions of
workflows are not judged.)",
                 .references = references},
         .severity = Severity::medium,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::deps
