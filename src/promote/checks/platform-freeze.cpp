// SPDX-License-Identifier: Apache-2.0
#include "base/clock.hpp"
#include "promote/check.hpp"
#include "promote/platform.hpp"
#include "promote/window/window_words.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

Ruling
by_calendar(const Calendar& calendar, const Situation& situation)
{
  const Calendar::State state = calendar.at(situation.now);
  Ruling ruling;
  if (!state.is_open) {
    ruling.answer = Answer::wait;
    ruling.why = fmt::format("{}; {}", state.why, when_it_opens(state, situation.pipeline.zone));
    ruling.until = state.next_change;
    ruling.fix = "wait until it ends, or end it on the platform";
  } else {
    ruling.why = state.next_change ? fmt::format("no freeze before {}", rfc3339(*state.next_change)) : "no freeze";
  }
  return ruling;
}

std::vector<Ruling>
judge(const Situation& situation)
{
  if (situation.stage.freeze == Freeze::none) {
    return {};
  }
  const auto windows = platform_freezes(situation.stage.freeze, situation.input);
  if (!windows) {
    return {{.answer = Answer::unavailable, .why = windows.error().message}};
  }
  const auto calendar = Calendar::of({}, *windows, situation.pipeline.zone);
  if (!calendar) {
    return {{.answer = Answer::unavailable,
             .why = fmt::format("a freeze period cannot be read: {}", calendar.error().message)}};
  }
  return {by_calendar(*calendar, situation)};
}

}  // namespace

extern const Check check_platform_freeze{
    .id = "platform-freeze",
    .topic = Topic::time,
    .title = "no freeze of the platform",
    .doc = "With `freeze: gitlab` an environment heeds the freeze periods of the GitLab project, which GitLab itself "
           "leaves to the rules of each pipeline. One that cannot be read stops the promotion, for nobody knows what "
           "it says. A rollback is never stopped by it.",
    .waivable = Waivable::window,
    .judge = judge};

}  // namespace sluice::promote
