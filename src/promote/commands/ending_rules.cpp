// SPDX-License-Identifier: Apache-2.0
#include "promote/commands/ending_rules.hpp"

namespace sluice::promote {

namespace {

constexpr RuleMeta refused{.id = "promotion-refused",
                           .title = "A promotion was refused",
                           .since = "0.1.0",
                           .doc = {.what = "A gate of the environment said no, or somebody else is promoting to it.",
                                   .why = "Nothing was changed. What the gate asks for is missing, whoever asks.",
                                   .instead = "Do what the finding says, and ask again."},
                           .severity = Severity::high,
                           .confidence = Confidence::high,
                           .tags = {},
                           .tool = "promote"};

constexpr RuleMeta rolled_back{
    .id = "promotion-rolled-back",
    .title = "A release was rolled back",
    .since = "0.1.0",
    .doc = {.what = "The release was deployed, was not well, and the release before it was brought back.",
            .why =
                "What is live is what was live before. The commit will not be promoted there again without a reason.",
            .instead = "Find the cause, mend it, and promote the commit that has the mend."},
    .severity = Severity::high,
    .confidence = Confidence::high,
    .tags = {},
    .tool = "promote"};

constexpr RuleMeta failed{
    .id = "promotion-failed",
    .title = "A promotion failed",
    .since = "0.1.0",
    .doc = {.what = "A step failed and there was no way back, or none was needed for nothing had been deployed.",
            .why = "What is live may not be what it should be.",
            .instead = "Look at the environment first; the record has what each step printed."},
    .severity = Severity::critical,
    .confidence = Confidence::high,
    .tags = {},
    .tool = "promote"};

}  // namespace

const RuleMeta&
rule_of(const Ending& ending)
{
  if (ending.what == name_of(EntryKind::rolled_back)) {
    return rolled_back;
  }
  return ending.what == name_of(EntryKind::failed) ? failed : refused;
}

}  // namespace sluice::promote
