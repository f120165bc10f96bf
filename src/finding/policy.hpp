// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/glob.hpp"
#include "finding/baseline.hpp"
#include "finding/report.hpp"
#include "finding/suppression.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace sluice {

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
  std::string baseline_name;           ///< for messages
  const Redactor* redactor = nullptr;  ///< through which the baseline's paths went; null: none
  InlineComments inline_comments = InlineComments::honour;
  Asked asked = Asked::by_name;
  std::string gate;
  std::set<std::string, std::less<>> own_rules;  ///< ids of the gate's rules; empty: every entry is for it
  std::set<std::string, std::less<>> off_rules;  ///< those of them that are not applied
  Date today;

  /// Gives every finding a disposition and a reason, drops none, sorts them, and fills `judged`, `gaps`, `coverage`,
  /// `absence`, `sections`, `verdict`, `fail_on`, `notices` and `unused_allowances` of the report.
  ///
  /// Precedence: suppression, inline comment, baseline, confidence, threshold. The first three may cover some of the
  /// places of a finding: then these are taken out of it, and the others are judged. An expired suppression does not
  /// count, nor does one without a path that names the fingerprint of a weak secret; of a finding that is active for
  /// all that, the reason says so. A suppression that covers nothing, expired or not, is a notice (if it names a rule
  /// of this gate; without a rule it is an unused allowance), and so is an accepted kind of gap whatever its subject. A
  /// gate that was asked for by name and found nothing of its kind has the gap `no_input`; one that examined nothing
  /// without a reason has the gap `no_reason`.
  [[nodiscard]] RawReport judge(Findings findings) const;

  /// Whether an entry or a comment that counts covers all places of the finding.
  [[nodiscard]] bool suppresses(const Finding& finding) const;
};

/// What a run has looked through. It must not outlive the policy.
class Examined
{
public:
  Examined(const Policy& policy, const Findings& findings);

  /// Whether the run would have found what an entry of the baseline stands for, if it was still there: an entry of this
  /// gate, its rule applied, its path looked at, and nothing of the whole left out.
  [[nodiscard]] bool contains(const Baseline::Entry& entry) const;

private:
  const Policy& policy_;
  std::vector<Glob> excluded_;
  bool is_whole_;
};

}  // namespace sluice
