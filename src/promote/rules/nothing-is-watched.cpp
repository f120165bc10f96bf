// SPDX-License-Identifier: Apache-2.0
#include "promote/rule.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

void
check(const Rule& rule, const WrittenStage& written, std::vector<Finding>& found)
{
  const Stage& stage = written.stage;
  if (stage.hooks.deploy && !stage.hooks.probe && stage.verify.url.empty() && stage.verify.probes.empty()) {
    Finding finding = finding_at(rule, written);
    finding.message =
        fmt::format("nothing looks at a release in {}: every promotion there waits for a person to say that it is well",
                    written.name);
    finding.help = "name the health address as `verify.url`, or add a hook `probe`";
    found.push_back(std::move(finding));
  }
}

}  // namespace

extern const Rule rule_nothing_is_watched{
    .meta = {.id = "nothing-is-watched",
             .title = "A release is deployed and nothing looks at it",
             .since = "0.1.0",
             .doc = {.what =
                         "Finds an environment that has a hook `deploy` and no health address, probe or hook `probe`.",
                     .why = "A watch in which nothing could fail says nothing: every promotion there ends with the "
                            "question whether it is well, to a person.",
                     .instead =
                         "Name the health address as `verify.url`, or write a hook `probe` that prints what it sees."},
             .severity = Severity::high,
             .confidence = Confidence::high,
             .tags = {},
             .tool = "promote"},
    .check = check};

}  // namespace sluice::promote
