// SPDX-License-Identifier: Apache-2.0
#include "promote/rule.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

void
check(const Rule& rule, const WrittenStage& written, std::vector<Finding>& found)
{
  const Stage& stage = written.stage;
  if (stage.hooks.deploy && !stage.hooks.rollback) {
    Finding finding = finding_at(rule, written);
    finding.message =
        fmt::format("{} can be deployed to and not rolled back: a release that is not well stays", written.name);
    finding.help = "add a hook `rollback`";
    found.push_back(std::move(finding));
  }
}

}  // namespace

extern const Rule rule_no_way_back{
    .meta = {.id = "no-way-back",
             .title = "An environment is deployed to and has no hook for the way back",
             .since = "0.1.0",
             .doc = {.what = "Finds an environment that has a hook `deploy` and none called `rollback`.",
                     .why = "A release that is not well stays, while somebody finds out at night how the one before it "
                            "is brought back.",
                     .instead = "Write the hook `rollback`. It gets the release that it leaves as `SLUICE_COMMIT` and "
                                "the one that it goes back to as `SLUICE_PREVIOUS_COMMIT`."},
             .severity = Severity::high,
             .confidence = Confidence::high,
             .tags = {},
             .tool = "promote"},
    .check = check};

}  // namespace sluice::promote
