// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/baseline.hpp"
#include "finding/report.hpp"
#include "finding/suppression.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sluice {

/// Whether `sluice:allow` comments in the examined text count.
enum class InlineComments { honour, ignore };

template<> struct EnumNames<InlineComments>
{
  static constexpr std::array<std::string_view, 2> names{"honour", "ignore"};
};

/// Everything that decides what a finding means. Pure data; `judge` is the only decider in the product.
struct Policy
{
  FailOn fail_on = FailOn::low;
  std::map<std::string, Severity> severity;  ///< by rule id
  std::vector<Suppression> allow;
  std::vector<AcceptedGap> accept_gaps;
  std::optional<Baseline> baseline;
  InlineComments inline_comments = InlineComments::honour;
  Date today;

  /// Gives every finding a disposition and a reason, drops none, sorts them, and fills `judged`, `gaps`,
  /// `coverage`, `verdict`, `fail_on` and `notices` of the report. Fails beat gaps: `fail` if any finding is
  /// active, else `incomplete` if any gap is not accepted.
  ///
  /// Precedence: suppression, inline comment, baseline, threshold. An expired suppression does not count, and
  /// says so in the finding's reason; one that covers nothing is a notice.
  [[nodiscard]] Report judge(Findings findings) const;
};

}  // namespace sluice
