// SPDX-License-Identifier: Apache-2.0
#include "promote/evidence/effective_stage.hpp"

#include <algorithm>

namespace sluice::promote {

namespace {

/// Settings from this class down: what a low risk asks for, a high one asks for too.
void
raise(EffectiveStage& effective, const RiskSetting& setting)
{
  effective.approvals = std::max(effective.approvals, setting.approvals);
  effective.watch = std::max(effective.watch, setting.watch);
  if (const auto strategy = from_name<Strategy>(setting.strategy)) {
    effective.strategy = std::max(effective.strategy, *strategy);
  }
}

}  // namespace

void
describe(RiskSetting& setting, config::OptionTable& table)
{
  using config::Trust;
  table.number(
      setting.approvals, 0, 100,
      {.key = "approvals", .value = "N", .help = "How many people must agree at least.", .trust = Trust::base_ref});
  table.duration(
      setting.watch, {}, std::chrono::hours(24 * 7),
      {.key = "watch", .value = "DURATION", .help = "How long it is watched at least.", .trust = Trust::base_ref});
  table.one_of(
      setting.strategy, EnumNames<Strategy>::names,
      {.key = "strategy", .value = "STRATEGY", .help = "How the release comes in then.", .trust = Trust::base_ref});
}

EffectiveStage
effective(const Stage& stage, std::optional<Risk> risk)
{
  EffectiveStage effective{risk, stage.approvals.count, stage.verify.watch, stage.strategy};
  const Risk most = risk.value_or(Risk::high);
  for (const Risk each : {Risk::low, Risk::medium, Risk::high}) {
    const auto setting = stage.risk.find(std::string(name_of(each)));
    if (each <= most && setting != stage.risk.end()) {
      raise(effective, setting->second);
    }
  }
  return effective;
}

}  // namespace sluice::promote
