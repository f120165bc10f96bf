// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "promote/check.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

std::vector<Ruling>
judge(const Situation& situation)
{
  const auto& live = situation.here().live;
  if (live) {
    return {{.why = fmt::format("a rollback brings {} back", printable(live->commit))}};
  }
  const std::string why = "no previous release: a sick first deploy cannot be rolled back";
  if (situation.stage.previous_required) {
    return {{.answer = Answer::no,
             .why = why,
             .fix = fmt::format("Set previous_required: false for {} until its first release is confirmed",
                                situation.environment)}};
  }
  return {{.why = why}};
}

}  // namespace

extern const Check check_previous_release{
    .id = "previous-release",
    .topic = Topic::release,
    .title = "a release to go back to",
    .doc = "A rollback brings the release back that was confirmed before. The first one of an environment has none: "
           "that is told before it is deployed, and refused where `previous_required` is set.",
    .waivable = std::nullopt,
    .judge = judge};

}  // namespace sluice::promote
