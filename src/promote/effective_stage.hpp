// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "promote/options.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

namespace sluice::promote {

/// What an environment asks of a change of some risk.
struct EffectiveStage
{
  std::optional<Risk> risk;  ///< nothing: not known, and so taken for the highest that is configured
  std::int64_t approvals = 0;
  std::chrono::milliseconds watch{};
  Strategy strategy = Strategy::direct;
};

[[nodiscard]] EffectiveStage effective(const Stage& stage, std::optional<Risk> risk);

}  // namespace sluice::promote
