// SPDX-License-Identifier: Apache-2.0
#include "promote/record/dora.hpp"

#include <algorithm>

namespace sluice::promote {

namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;
using Promotions = std::vector<Promotion>;

bool
began_to_deploy(const Promotion& promotion)
{
  return std::any_of(promotion.steps.begin(), promotion.steps.end(),
                     [](const auto& step) { return step.first.starts_with("deploy"); });
}

bool
is_deployment(const Promotion& promotion)
{
  return promotion.kind == Promotion::Kind::promotion && promotion.end
         && (promotion.end == EntryKind::confirmed || began_to_deploy(promotion));
}

bool
ended_well(const Promotion& promotion)
{
  return promotion.end == EntryKind::confirmed || promotion.end == EntryKind::rolled_back;
}

/// The rollback that was asked for and took the release back; the end if there is none.
Promotions::const_iterator
taken_back(Promotions::const_iterator deployment, const Promotions& all)
{
  if (deployment->end != EntryKind::confirmed) {
    return all.end();
  }
  for (auto next = deployment + 1; next != all.end(); ++next) {
    const bool is_again = next->commit == deployment->commit && next->identity == deployment->identity;
    if (next->kind == Promotion::Kind::rollback && next->end && next->end != EntryKind::aborted && is_again) {
      return next;
    }
    if (next->end == EntryKind::confirmed) {
      break;
    }
  }
  return all.end();
}

/// When a release that failed began to come in.
sys_seconds
first_deployed(const Promotion& promotion)
{
  sys_seconds first = sys_seconds::max();
  for (const auto& [name, step] : promotion.steps) {
    if (name.starts_with("deploy")) {
      first = std::min(first, step.begun);
    }
  }
  return first == sys_seconds::max() ? promotion.begun : first;
}

/// Counts one deployment after the other.
struct Count
{
  const Promotions& all;
  const CommitTimes& commit_times;
  Dora dora = {};
  std::vector<seconds> lead = {}, restore = {};

  void
  add(Promotions::const_iterator deployment)
  {
    ++dora.deployments;
    if (deployment->end == EntryKind::confirmed) {
      add_lead(*deployment);
    }
    const auto rollback = taken_back(deployment, all);
    const bool is_failure = deployment->end == EntryKind::failed || deployment->end == EntryKind::rolled_back;
    if (is_failure || rollback != all.end()) {
      ++dora.failures;
      add_restore(is_failure ? first_deployed(*deployment) : rollback->begun, is_failure ? deployment : rollback);
    }
  }

  void
  add_lead(const Promotion& deployment)
  {
    const auto times = commit_times(deployment.commit, deployment.previous ? deployment.previous->commit : "");
    if (!times) {
      ++dora.lead_unknown;
      return;
    }
    for (const sys_seconds time : *times) {
      lead.push_back(std::max(seconds(0), deployment.ended - time));
    }
  }

  void
  add_restore(sys_seconds begun, Promotions::const_iterator from)
  {
    const auto restored = std::find_if(from, all.end(), ended_well);
    if (restored == all.end()) {
      ++dora.unrestored;
      return;
    }
    restore.push_back(std::max(seconds(0), restored->ended - begun));
  }
};

}  // namespace

Spread
spread_of(std::vector<seconds> times)
{
  if (times.empty()) {
    return {};
  }
  std::sort(times.begin(), times.end());
  const std::size_t upper = times.size() / 2;
  const seconds median =
      times.size() % 2 == 1 ? times[upper] : times[upper - 1] + (times[upper] - times[upper - 1]) / 2;
  return {times.size(), median, times.back()};
}

Dora
dora_of(const EnvironmentState& state, sys_seconds now, std::chrono::days span, const CommitTimes& commit_times)
{
  Count count{state.promotions, commit_times};
  count.dora.span = span;
  for (auto each = state.promotions.begin(); each != state.promotions.end(); ++each) {
    if (is_deployment(*each) && each->ended > now - span && each->ended <= now) {
      count.add(each);
    }
  }
  count.dora.lead = spread_of(std::move(count.lead));
  count.dora.restore = spread_of(std::move(count.restore));
  return count.dora;
}

}  // namespace sluice::promote
