// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/baseline.hpp"
#include "finding/report.hpp"
#include "finding/suppression.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace sluice {

/// Which comments in the examined text count.
enum class InlineComments {
  honour,  ///< all, the peers' and those without a reason too
  own,     ///< `sluice:allow[rule] reason` alone
  ignore,
};

template<> struct EnumNames<InlineComments>
{
  static constexpr std::array<std::string_view, 3> names{"honour", "own", "ignore"};
};

/// How a gate came to run: a person or configuration named it, or it ran along because it is there.
enum class Asked { by_name, along };

template<> struct EnumNames<Asked>
{
  static constexpr std::array<std::string_view, 2> names{"by-name", "along"};
};

/// Everything that decides what a finding means. Pure data; `judge` is the only decider in the product.
struct Policy
{
  FailOn fail_on = FailOn::low;
  Confidence min_confidence = Confidence::low;  ///< findings below never fail
  std::map<std::string, Severity> severity;     ///< by rule id
  std::vector<Suppression> allow;
  std::vector<Suppression> powerless;  ///< a change's own entries, which do not count
  std::vector<AcceptedGap> accept_gaps;
  std::optional<Baseline> baseline;
  InlineComments inline_comments = InlineComments::honour;
  Asked asked = Asked::by_name;
  std::set<std::string, std::less<>> own_rules;  ///< ids of the gate's rules; empty: every entry is for it
  Date today;

  /// Gives every finding a disposition and a reason, drops none, sorts them, and fills `judged`, `gaps`, `coverage`,
  /// `absence`, `sections`, `verdict`, `fail_on`, `notices` and `unused_allowances` of the report.
  ///
  /// Precedence: suppression, inline comment, baseline, confidence, threshold. An expired suppression does not count;
  /// of a finding that is active for all that, the reason says so. A suppression that covers nothing, expired or not,
  /// is a notice (if it names a rule of this gate; without a rule it is an unused allowance), and so is an accepted
  /// kind of gap whatever its subject. A gate that was asked for by name and found nothing of its kind has the gap
  /// `no_input`; one that examined nothing without a reason has the gap `no_reason`.
  [[nodiscard]] RawReport judge(Findings findings) const;
};

}  // namespace sluice
