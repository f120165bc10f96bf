// SPDX-License-Identifier: Apache-2.0
#include "promote/rule.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

void
check(const Rule& rule, const WrittenStage& written, std::vector<Finding>& found)
{
  if (!written.stage.hooks.deploy) {
    Finding finding = finding_at(rule, written);
    finding.message = fmt::format("a promotion to {} deploys nothing", written.name);
    finding.help = "add a hook `deploy`";
    found.push_back(std::move(finding));
  }
}

}  // namespace

extern const Rule rule_nothing_is_deployed{
    .meta = {.id = "nothing-is-deployed",
             .title = "An environment has no hook that deploys to it",
             .since = "0.1.0",
             .doc = {.what = "Finds an environment without a hook `deploy`.",
                     .why = "A promotion to it changes nothing, and its ledger says that a commit is live there.",
                     .instead = "Write the hook `deploy`, which gets the commit as `SLUICE_COMMIT`."},
             .severity = Severity::medium,
             .confidence = Confidence::high,
             .tags = {},
             .tool = "promote"},
    .check = check};

}  // namespace sluice::promote
