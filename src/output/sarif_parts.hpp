// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/report.hpp"

#include <cstddef>
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

/// The first paragraph of what the rule finds, else its title.
[[nodiscard]] std::string what_it_does(const RuleMeta& rule);

/// SARIF's message strings have links, `[text](target)`, and placeholders, `{0}`. Returns the text with a space where
/// it would make either.
[[nodiscard]] std::string sarif_message(std::string_view safe);

/// The results to keep, in the report's order: what counts goes before what was accepted, then by severity.
[[nodiscard]] std::vector<const Judged*> kept_results(const Report& report);

}  // namespace sluice::output
