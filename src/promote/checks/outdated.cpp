// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "promote/change.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

Ruling
backward(const Situation& situation)
{
  const std::string why = fmt::format("it is older than {}, which is live", printable(situation.here().live->commit));
  if (!situation.reason.empty()) {
    return {.why = fmt::format("{}; asked for all the same: {}", why, printable(situation.reason))};
  }
  return {.answer = Answer::no,
          .why = why,
          .fix = fmt::format("sluice promote rollback --environment {} --reason …, which knows the way back; or say "
                             "with --reason why an older release is deployed",
                             situation.environment)};
}

std::vector<Ruling>
judge(const Situation& situation)
{
  switch (course_of(situation)) {
  case Course::first:
  case Course::same:
  case Course::forward:
    return {};
  case Course::backward:
    return {backward(situation)};
  case Course::aside:
    return {{.why = fmt::format("it lacks commits of {}, which is live: they go out with it",
                                printable(situation.here().live->commit))}};
  case Course::unknown:
    break;
  }
  return {{.answer = Answer::unavailable,
           .why = fmt::format("whether it comes after {}, which is live, is not known: this clone does not hold both",
                              printable(situation.here().live->commit)),
           .fix = "with:\n  fetch-depth: 0"}};
}

}  // namespace

extern const Check check_outdated{
    .id = "outdated",
    .topic = Topic::release,
    .title = "no older than what is live",
    .doc = "A run that was waiting, or is run again, may hold an older commit than the one that has been promoted "
           "since. Going back is what a rollback is for; deploying an older commit needs a reason. One that is neither "
           "older nor newer is told as such.",
    .waivable = std::nullopt,
    .judge = judge};

}  // namespace sluice::promote
