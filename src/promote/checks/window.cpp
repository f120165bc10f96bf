// SPDX-License-Identifier: Apache-2.0
#include "base/clock.hpp"
#include "promote/check.hpp"
#include "promote/window/window_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace sluice::promote {

namespace {

bool
is_built_in(const std::vector<Window>& windows)
{
  return std::all_of(windows.begin(), windows.end(),
                     [](const Window& window) { return window.origin == Stage::built_in; })
         && !windows.empty();
}

/// Who says when it may be does not want to be told of Fridays.
std::span<const Window>
denied(const Stage& stage)
{
  const bool is_nobodys = is_built_in(stage.deny) && !is_built_in(stage.allow);
  return is_nobodys ? std::span<const Window>() : stage.deny;
}

/// Whose clocks people look at: the windows', if they agree.
std::string
zone_of(const Situation& situation)
{
  std::set<std::string> zones;
  for (const auto* windows : {&situation.stage.allow, &situation.stage.deny}) {
    for (const Window& window : *windows) {
      if (window.origin != Stage::built_in) {
        zones.insert(window.zone.empty() ? situation.pipeline.zone : window.zone);
      }
    }
  }
  return zones.size() == 1 ? *zones.begin() : situation.pipeline.zone;
}

Ruling
closed(const Situation& situation, const Calendar::State& state)
{
  Ruling ruling{.answer = Answer::wait, .until = state.next_change};
  ruling.why = fmt::format("{}; {}", state.why, when_it_opens(state, zone_of(situation)));
  if (!state.next_change) {
    ruling.fix = "Change the windows of the environment";
  }
  return ruling;
}

std::vector<Ruling>
judge(const Situation& situation)
{
  const auto deny = denied(situation.stage);
  if (is_built_in(situation.stage.allow) && deny.empty()) {
    return {};
  }
  const auto calendar = Calendar::of(situation.stage.allow, deny, situation.pipeline.zone);
  if (!calendar) {
    return {{.answer = Answer::no, .why = calendar.error().message, .fix = "Correct the windows of the environment"}};
  }
  const Calendar::State state = calendar->at(situation.now);
  if (!state.is_open) {
    return {closed(situation, state)};
  }
  Ruling open{.why = state.why};
  if (state.next_change) {
    open.facts = {{"closes", "closes", rfc3339(*state.next_change)}};
  }
  return {std::move(open)};
}

}  // namespace

extern const Check check_window{
    .id = "window",
    .topic = Topic::time,
    .title = "within its window",
    .doc = "A promotion begins within one of the windows that `allow` has, if any, and within none of `deny`; by "
           "default not on a Friday. Times are those of a wall clock in a zone. A rollback needs no window.",
    .waivable = Waivable::window,
    .judge = judge};

}  // namespace sluice::promote
