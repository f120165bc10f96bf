// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "promote/engine/observation.hpp"
#include "promote/rule.hpp"
#include "promote/watch/foresight.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

void
check(const Rule& rule, const WrittenStage& written, std::vector<Finding>& found)
{
  const Stage& stage = written.stage;
  const std::map<std::string, ProbeSetting> probes = probes_of(stage);
  const std::vector<std::string> spots = blind_spots(probes, stage.verify);
  if (!stage.hooks.deploy || spots.empty()) {
    return;
  }
  Finding finding = finding_at(rule, written);
  finding.message =
      probes.empty()
          ? fmt::format(
              "nothing looks at a release in {}: every promotion there waits for a person to say that it is well",
              written.name)
          : fmt::format(
              "a watch in {} cannot tell whether a release is well, so every promotion there waits for a person: "
              "{}",
              written.name, join(spots, "; "));
  finding.help = probes.empty() ? "name the health address as `verify.url`, or add a hook `probe`"
                                : "give each limit a probe of its name, and each probe that answers a number a limit";
  found.push_back(std::move(finding));
}

}  // namespace

extern const Rule rule_nothing_is_watched{
    .meta =
        {.id = "nothing-is-watched",
         .title = "A release is deployed and nothing looks at it",
         .since = "0.1.0",
         .doc = {.what =
                     "Finds an environment that has a hook `deploy` and no health address, probe or hook `probe`, one "
                     "whose probes answer nothing but numbers that no limit is about, and one with a limit or a "
                     "preset that no probe can measure.",
                 .why = "A watch in which nothing could fail says nothing: every promotion there ends with the "
                        "question whether it is well, to a person.",
                 .instead =
                     "Name the health address as `verify.url`, or write a hook `probe` that prints what it sees. Give "
                     "each limit a probe of its name, and each number a limit."},
         .severity = Severity::high,
         .confidence = Confidence::high,
         .tags = {},
         .tool = "promote"},
    .check = check};

}  // namespace sluice::promote
