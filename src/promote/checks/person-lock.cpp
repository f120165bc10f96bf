// SPDX-License-Identifier: Apache-2.0
#include "base/clock.hpp"
#include "promote/check.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

std::vector<Ruling>
judge(const Situation& situation)
{
  const auto& lock = situation.here().lock;
  if (!lock) {
    return {};
  }
  return {{.answer = Answer::no,
           .why = fmt::format("{} locked it at {}{}{}", lock->actor, rfc3339(lock->since),
                              lock->reason.empty() ? "" : ": ", lock->reason),
           .fix = fmt::format("sluice promote unlock --environment {}", situation.environment)}};
}

}  // namespace

extern const Check check_person_lock{
    .id = "person-lock",
    .topic = Topic::refusal,
    .title = "not locked by a person",
    .doc = "Somebody may hold an environment for a while, with `sluice promote lock`. A lock keeps promotions away and "
           "never a rollback.",
    .waivable = std::nullopt,
    .judge = judge};

}  // namespace sluice::promote
