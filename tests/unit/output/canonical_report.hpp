// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/report.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sluice::test {

/// Four reports with one of everything that a sink can meet; what fixtures/report/canonical.*.golden are rendered from.
[[nodiscard]] std::vector<Report> canonical_reports();

/// The third and fourth of them: what a judgement of dependencies says, and a gate without a subject.
[[nodiscard]] Report deps_report();
[[nodiscard]] Report env_report();

/// A report with nothing to tell.
[[nodiscard]] Report clean_report();

/// A report in which every text that can come from the examined repository is `payload`, with `findings` active
/// findings of each severity. Its own ids and fingerprints keep their form, as they do in any real report.
[[nodiscard]] Report hostile_report(const std::string& payload, std::size_t findings = 1);

/// The report of a gate that could not run and says `payload`.
[[nodiscard]] Report hostile_failure(const std::string& payload);

/// Texts that attack runners, terminals, Markdown, HTML, XML and whoever cuts long ones.
[[nodiscard]] const std::vector<std::string>& hostile_payloads();

/// A rule with static storage for tests.
[[nodiscard]] const RuleMeta& token_rule();

/// An active finding of token_rule() at the path.
[[nodiscard]] Judged active_finding(Severity severity, std::string_view path, std::uint32_t line = 1);

/// A report of tool "secrets" with these findings and the verdict that they make.
[[nodiscard]] Report report_with(std::vector<Judged> judged);

}  // namespace sluice::test
