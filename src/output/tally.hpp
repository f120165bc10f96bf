// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/report.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

/// What all sinks say alike: who counts, in which order, and in which words.
namespace sluice::output {

struct Tally
{
  std::array<std::size_t, 5> active{};  ///< by severity
  std::size_t warned = 0;
  std::size_t below_threshold = 0;
  std::size_t baselined = 0;
  std::size_t suppressed = 0;
  std::size_t by_comment = 0;  ///< of those
  std::size_t older = 0;
  std::size_t gaps = 0;  ///< not accepted
  std::size_t accepted_gaps = 0;
  [[nodiscard]] std::size_t active_total() const;
};

[[nodiscard]] Tally tally(std::span<const Report> reports);
[[nodiscard]] Tally tally(const Report& report);

/// A finding with the report that it belongs to.
struct Shown
{
  const Report* report;
  const Judged* judged;
};

/// Active findings of all reports, most severe first, otherwise in the reports' order.
[[nodiscard]] std::vector<Shown> active_findings(std::span<const Report> reports);
/// Those that policy only warns of, in the same order.
[[nodiscard]] std::vector<Shown> warned_findings(std::span<const Report> reports);
/// Those that nobody has accepted: active, warned or below the threshold; in the same order.
[[nodiscard]] std::vector<Shown> open_findings(std::span<const Report> reports);

/// Where a comment could allow one of these: on a line, where that holds of any of them.
[[nodiscard]] CommentPlace place_of_advice(const std::vector<Shown>& findings);

/// What an entry has to name for any of these.
[[nodiscard]] EntryNames names_of_advice(const std::vector<Shown>& findings);

/// The finding's rule, or a nameless one if it has none.
[[nodiscard]] const RuleMeta& rule_of(const Finding& finding);

/// Every rule that the report lists or a finding refers to, once, in that order.
[[nodiscard]] std::vector<const RuleMeta*> rules_of(const Report& report);

/// "2 critical, 1 high" or "no findings", then "1 gap".
[[nodiscard]] std::string active_text(const Tally& counts);
/// "3 warnings, 1 baselined, 2 suppressed (1 by a comment), 1 accepted gap"; empty if there are none.
[[nodiscard]] std::string passed_text(const Tally& counts);
/// "12 commits, 3,412 objects, 2.4 MiB"; "nothing" if there is nothing.
[[nodiscard]] std::string coverage_text(const Coverage& coverage);
/// The counts of all reports, equal units added up.
[[nodiscard]] Coverage merged_coverage(std::span<const Report> reports);
/// "0.84 s", "2 min 3 s"
[[nodiscard]] std::string duration_text(std::chrono::milliseconds duration);

/// First twelve digits of an object id.
[[nodiscard]] std::string short_commit(std::string_view commit);

/// "src/a.cpp:12:3", "commit 1a2b3c4d5e6f" or "the repository"; plain text.
[[nodiscard]] std::string place_text(const Location& where);

/// A path for formats that refuse a result without one: the location's, else a made-up one that names the commit.
[[nodiscard]] std::string path_or_stand_in(const Location& where);

}  // namespace sluice::output
