// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/enum_names.hpp"
#include "config/option_table.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace sluice::promote {

/// How much harm a change can do to a database, as the migrations gate sees it. Ordered on purpose.
enum class Risk {
  low,     ///< no migration, or none that a rule has much to say about
  medium,  ///< a finding of medium severity
  high,    ///< one of high severity or above, also where somebody accepted it
};

/// What a class of risk asks for beyond what its environment does. It can ask for more and never for less.
struct RiskSetting
{
  std::int64_t approvals = 0;
  std::chrono::milliseconds watch{};
  std::string strategy;  ///< a name of Strategy; empty: the environment's
  std::string origin;
};

void describe(RiskSetting& setting, config::OptionTable& table);

}  // namespace sluice::promote

namespace sluice {

template<> struct EnumNames<promote::Risk>
{
  static constexpr std::array<std::string_view, 3> names{"low", "medium", "high"};
};

}  // namespace sluice
