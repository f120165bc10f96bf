// SPDX-License-Identifier: Apache-2.0
#include "base/clock.hpp"
#include "base/text.hpp"
#include "promote/approval.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

std::vector<Ruling>
judge(const Situation& situation)
{
  std::vector<Ruling> rulings;
  for (const Rejection& rejection : standing_rejections(situation)) {
    rulings.push_back({.answer = Answer::no,
                       .why = fmt::format("{} rejected it at {}{}{}", printable(rejection.who), rfc3339(rejection.at),
                                          rejection.reason.empty() ? "" : ": ", printable(rejection.reason)),
                       .fix = "Promote another commit, or have the same person approve this one"});
  }
  return rulings;
}

}  // namespace

extern const Check check_rejection{
    .id = "rejection",
    .topic = Topic::refusal,
    .title = "rejected by nobody",
    .doc = "Whoever says no to a commit in an environment stops it, whatever others say, and no emergency goes past "
           "it. Only the person who rejected it can take that back, by approving it later.",
    .waivable = std::nullopt,
    .judge = judge};

}  // namespace sluice::promote
