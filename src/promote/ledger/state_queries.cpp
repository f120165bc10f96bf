// SPDX-License-Identifier: Apache-2.0
#include "promote/ledger/state.hpp"

#include <algorithm>

namespace sluice::promote {

const Step*
Promotion::step(std::string_view name) const
{
  const auto found = steps.find(name);
  return found == steps.end() ? nullptr : &found->second;
}

bool
Promotion::has_deployed() const
{
  return kind == Kind::rollback
         || std::any_of(steps.begin(), steps.end(), [](const auto& step) { return step.first.starts_with("deploy"); });
}

bool
Promotion::has_migrated() const
{
  return step("migrate") != nullptr;
}

bool
Promotion::restores_data() const
{
  return data == "restore";
}

const Release*
EnvironmentState::to_leave() const
{
  if (left_behind || left_migrated) {
    return left_behind ? &*left_behind : &*left_migrated;
  }
  return live ? &*live : nullptr;
}

const Release*
EnvironmentState::to_go_back_to() const
{
  const Release* left = to_leave();
  if (left == nullptr || !live) {
    return nullptr;
  }
  const auto is_left = [left](const Release& each) {
    return each.commit == left->commit && each.identity == left->identity;
  };
  if (!is_left(*live)) {
    return &*live;
  }
  const auto found = std::find_if_not(before.rbegin(), before.rend(), is_left);
  return found == before.rend() ? nullptr : &*found;
}

const Promotion*
EnvironmentState::newest_of(std::string_view commit) const
{
  const auto found = std::find_if(promotions.rbegin(), promotions.rend(), [commit](const Promotion& each) {
    return each.kind == Promotion::Kind::promotion && each.commit == commit;
  });
  return found == promotions.rend() ? nullptr : &*found;
}

const Promotion*
EnvironmentState::unfinished() const
{
  return promotions.empty() || promotions.back().end ? nullptr : &promotions.back();
}

Condition
EnvironmentState::condition() const
{
  if (const Promotion* now = unfinished()) {
    if (!now->question.empty()) {
      return Condition::needs_operator;
    }
    return now->is_parked ? Condition::waiting : Condition::running;
  }
  if (waiting) {
    return Condition::waiting;
  }
  if (was_given_up) {
    return Condition::aborted;
  }
  if (promotions.empty()) {
    return Condition::none;
  }
  switch (*promotions.back().end) {
  case EntryKind::confirmed:
    return Condition::confirmed;
  case EntryKind::rolled_back:
    return Condition::rolled_back;
  case EntryKind::aborted:
    return Condition::aborted;
  default:
    return Condition::failed;
  }
}

std::chrono::sys_seconds
State::newest_before(std::uint64_t number, std::chrono::sys_seconds now) const
{
  std::chrono::sys_seconds newest_of_them{};
  for (std::size_t i = 0; i + 1 < number && i < times.size(); ++i) {
    newest_of_them = times[i] <= now ? std::max(newest_of_them, times[i]) : newest_of_them;
  }
  return newest_of_them;
}

const EnvironmentState&
State::of(std::string_view environment) const
{
  static const EnvironmentState none;
  const auto found = environments.find(environment);
  return found == environments.end() ? none : found->second;
}

}  // namespace sluice::promote
