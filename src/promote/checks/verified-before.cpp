// SPDX-License-Identifier: Apache-2.0
#include "base/clock.hpp"
#include "base/text.hpp"
#include "promote/check.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

std::string
promote_it(const Situation& situation, const std::string& environment)
{
  return fmt::format("sluice promote run --environment {} --commit {}", environment, situation.commit);
}

Ruling
judge_verification(const Situation& situation, const std::string& before, const Verification& seen)
{
  if (seen.at > situation.now) {
    return {.subject = before,
            .answer = Answer::wait,
            .why = fmt::format("its verification in {} is of {}, which has yet to come by this clock", before,
                               rfc3339(seen.at)),
            .fix = "Set the clocks of the runners",
            .until = seen.at};
  }
  if (!seen.was_healthy) {
    return {.subject = before,
            .answer = Answer::no,
            .why = fmt::format("its last verification in {}, at {}, failed{}{}", before, rfc3339(seen.at),
                               seen.why.empty() ? "" : ": ", printable(seen.why)),
            .fix = promote_it(situation, before)};
  }
  return {.subject = before, .why = fmt::format("verified in {} at {}", before, rfc3339(seen.at))};
}

Ruling
judge_need(const Situation& situation, const std::string& before)
{
  const EnvironmentState& state = situation.ledger.of(before);
  const Promotion* running = state.unfinished();
  if (running != nullptr && running->identity == situation.identity) {
    return {.subject = before,
            .answer = Answer::wait,
            .why = fmt::format("it is being verified in {} since {}", before, rfc3339(running->begun)),
            .fix = fmt::format("sluice promote status --environment {}", before)};
  }
  const auto seen = state.verified.find(situation.identity);
  if (seen != state.verified.end()) {
    return judge_verification(situation, before, seen->second);
  }
  const std::string live =
      state.live ? fmt::format("{} is live there", printable(state.live->identity)) : "nothing is live there";
  return {.subject = before,
          .answer = Answer::no,
          .why = fmt::format("it was never verified in {}; {}", before, live),
          .fix = promote_it(situation, before)};
}

std::vector<Ruling>
judge(const Situation& situation)
{
  std::vector<Ruling> rulings;
  for (const std::string& before : situation.stage.needs) {
    rulings.push_back(judge_need(situation, before));
  }
  return rulings;
}

}  // namespace

extern const Check check_verified_before{
    .id = "verified-before",
    .topic = Topic::environments,
    .title = "verified in the environment before",
    .doc = "The same identity (commit, image or files) must have been live and healthy in each environment that this "
           "one needs. What was seen there last counts, not what was best: a later look that failed takes a release "
           "back that passed before.",
    .waivable = std::nullopt,
    .judge = judge};

}  // namespace sluice::promote
