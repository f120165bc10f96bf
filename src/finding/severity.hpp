// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/enum_names.hpp"

namespace sluice {

/// How much harm a finding can do. Ordered on purpose.
enum class Severity { info, low, medium, high, critical };

/// How sure the rule is. Ordered on purpose.
enum class Confidence { low, medium, high };

/// The least severity that fails a run; `none` never fails.
enum class FailOn { none, low, medium, high, critical };

template<> struct EnumNames<Severity>
{
  static constexpr std::array<std::string_view, 5> names{"info", "low", "medium", "high", "critical"};
};

template<> struct EnumNames<Confidence>
{
  static constexpr std::array<std::string_view, 3> names{"low", "medium", "high"};
};

template<> struct EnumNames<FailOn>
{
  static constexpr std::array<std::string_view, 5> names{"none", "low", "medium", "high", "critical"};
};

[[nodiscard]] constexpr bool
reaches(Severity severity, FailOn threshold)
{
  return threshold != FailOn::none && static_cast<int>(severity) >= static_cast<int>(threshold);
}

}  // namespace sluice
