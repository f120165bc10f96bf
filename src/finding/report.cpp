// SPDX-License-Identifier: Apache-2.0
#include "finding/report.hpp"

#include <algorithm>
#include <iterator>

namespace sluice {

void
OwnedRule::bind()
{
  reference_views.assign(references.begin(), references.end());
  tag_views.assign(tags.begin(), tags.end());
  meta.id = id;
  meta.title = title;
  meta.since = since;
  meta.doc = {what, why, instead, known_problems, reference_views};
  meta.tags = tag_views;
  meta.tool = tool;
}

Report
Report::of_failure(std::string tool, const Error& error)
{
  Report report;
  report.tool = std::move(tool);
  report.fail_with(error);
  return report;
}

void
Report::fail_with(const Error& error)
{
  failure = RunFailure{verdict_of(error.kind), error.message};
  verdict = verdict_of(*this);
}

Verdict
verdict_of(const Report& report)
{
  const bool has_active = std::any_of(report.judged.begin(), report.judged.end(),
                                      [](const Judged& judged) { return judged.disposition == Disposition::active; });
  const bool has_gap =
      std::any_of(report.gaps.begin(), report.gaps.end(), [](const JudgedGap& gap) { return !gap.accepted; });
  const bool has_no_subject = report.absence && report.absence->kind == Absence::Kind::no_subject;
  const std::array<Verdict, 4> reasons{
      report.failure ? report.failure->verdict : Verdict::not_applicable,
      has_active ? Verdict::fail : Verdict::not_applicable,
      has_gap ? Verdict::incomplete : Verdict::not_applicable,
      has_no_subject ? Verdict::not_applicable : Verdict::pass,
  };
  return merged(reasons);
}

std::vector<std::string>
unused_allowances(std::span<const Report> reports)
{
  std::vector<std::string> unused;
  const auto is_listed = [](const Report& report, const std::string& place) {
    const auto& places = report.unused_allowances;
    return std::find(places.begin(), places.end(), place) != places.end();
  };
  if (!reports.empty()) {
    std::copy_if(reports.front().unused_allowances.begin(), reports.front().unused_allowances.end(),
                 std::back_inserter(unused), [&](const std::string& place) {
                   return std::all_of(reports.begin(), reports.end(),
                                      [&](const Report& report) { return is_listed(report, place); });
                 });
  }
  return unused;
}

Verdict
merged_verdict(std::span<const Report> reports)
{
  std::vector<Verdict> verdicts;
  for (const Report& report : reports) {
    verdicts.push_back(report.verdict);
  }
  return merged(verdicts);
}

}  // namespace sluice
