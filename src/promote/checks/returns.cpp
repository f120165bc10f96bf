// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "promote/check.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

std::vector<Ruling>
judge(const Situation& situation)
{
  const auto& rolled_back = situation.here().rolled_back;
  const auto found = rolled_back.find(situation.commit);
  if (found == rolled_back.end()) {
    return {};
  }
  const std::string why =
      fmt::format("it was rolled back here{}{}", found->second.empty() ? "" : ": ", printable(found->second));
  if (situation.reason.empty()) {
    return {{.answer = Answer::no,
             .why = why,
             .fix = "Promote a commit that mends it, or say with --reason why this one is well now"}};
  }
  return {{.why = fmt::format("{}; tried again: {}", why, printable(situation.reason))}};
}

}  // namespace

extern const Check check_returns{
    .id = "returns",
    .topic = Topic::release,
    .title = "not rolled back before",
    .doc =
        "A commit that was rolled back here is sick until somebody says why it is not. A pipeline that runs again by "
        "itself has no reason to give, and so does not deploy the same sick release again and again.",
    .waivable = std::nullopt,
    .judge = judge};

}  // namespace sluice::promote
