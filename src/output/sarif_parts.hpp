// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.hpp"
#include "finding/report.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// How our vocabulary maps onto SARIF's and onto what GitHub's code scanning makes of it.
namespace sluice::output {

/// GitHub shows no more results of a run.
inline constexpr std::size_t most_sarif_results = 5000;

[[nodiscard]] std::string_view level_of(Severity severity);

/// Within the bands that GitHub names: over 9.0 critical, 7.0 high, 4.0 medium, 0.1 low, 0.0 none.
[[nodiscard]] std::string_view security_severity(Severity severity);

/// 0 to 100 by severity, what SARIF sorts results by.
[[nodiscard]] double sarif_rank(Severity severity);

/// The first paragraph of what the rule finds, else its title.
[[nodiscard]] std::string what_it_does(const RuleMeta& rule);

/// SARIF's message strings have links, `[text](target)`, and placeholders, `{0}`. Returns the text with a space where
/// it would make either.
[[nodiscard]] std::string sarif_message(std::string_view safe);

/// A message object; "No message." where there is nothing to say, as an empty one is not valid.
[[nodiscard]] Json sarif_message_object(std::string_view untrusted);

/// A reportingDescriptor. `weaknesses` are those that all findings of the rule have: GitHub reads them (as
/// `external/cwe/cwe-798`) from the rule only.
[[nodiscard]] Json sarif_rule(const RuleMeta& rule, ScanType scan, const std::vector<Identifier>& weaknesses);

/// "external/cwe/cwe-798", as code scanning writes it; empty for what is no weakness.
[[nodiscard]] std::string cwe_tag(const Identifier& identifier);

/// The weaknesses of a run as a taxonomy, so that results can refer to them.
class SarifTaxonomy
{
public:
  explicit SarifTaxonomy(const Report& report);
  [[nodiscard]] bool
  is_empty() const
  {
    return numbers_.empty();
  }
  [[nodiscard]] Json component() const;
  /// References to the taxa of a finding; null if it has none.
  [[nodiscard]] Json references(const Finding& finding) const;

private:
  std::map<std::string, std::size_t> numbers_;  ///< of a weakness ("798"), and its index
};

/// A result without what depends on the rest of the run (rule index, fingerprints, baseline state).
[[nodiscard]] Json sarif_result(const Judged& judged);

/// The results to keep, in the report's order: what counts goes before what was accepted, then by severity.
[[nodiscard]] std::vector<const Judged*> kept_results(const Report& report);

}  // namespace sluice::output
