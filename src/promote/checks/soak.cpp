// SPDX-License-Identifier: Apache-2.0
#include "base/clock.hpp"
#include "promote/check.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

Ruling
judge_time(const Situation& situation, const std::string& before, const Verification& seen)
{
  const auto due = seen.at + std::chrono::ceil<std::chrono::seconds>(situation.stage.soak);
  if (seen.left && *seen.left < due) {
    return {.subject = before,
            .answer = Answer::no,
            .why = fmt::format("it left {} at {}, before it had been there until {}", before, rfc3339(*seen.left),
                               rfc3339(due)),
            .fix = fmt::format("Promote it to {} again, and nothing else there meanwhile", before)};
  }
  if (situation.now < due) {
    return {.subject = before,
            .answer = Answer::wait,
            .why = fmt::format("verified in {} at {}, to be there until {}", before, rfc3339(seen.at), rfc3339(due)),
            .until = due};
  }
  return {.subject = before, .why = fmt::format("in {} since {}", before, rfc3339(seen.at))};
}

/// Where it is not verified at all, the check of that says so.
std::vector<Ruling>
judge(const Situation& situation)
{
  std::vector<Ruling> rulings;
  if (situation.stage.soak.count() == 0) {
    return rulings;
  }
  for (const std::string& before : situation.stage.needs) {
    const auto& verified = situation.ledger.of(before).verified;
    const auto seen = verified.find(situation.identity);
    if (seen != verified.end() && seen->second.was_healthy) {
      rulings.push_back(judge_time(situation, before, seen->second));
    }
  }
  return rulings;
}

}  // namespace

extern const Check check_soak{
    .id = "soak",
    .topic = Topic::environments,
    .title = "long enough in the environment before",
    .doc = "Some faults show only after a while. So it must have been live in each environment that this one needs "
           "for the time of `soak` since it was verified there. The time in which another release had its place does "
           "not count.",
    .waivable = Waivable::soak,
    .judge = judge};

}  // namespace sluice::promote
