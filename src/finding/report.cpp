// SPDX-License-Identifier: Apache-2.0
#include "finding/report.hpp"

#include "finding/texts.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <unordered_map>

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

RawReport
RawReport::of_failure(std::string tool, const Error& error)
{
  RawReport report;
  report.tool = std::move(tool);
  report.fail_with(error);
  return report;
}

namespace {

class Redaction
{
public:
  Redaction(const Redactor& redactor, bool has_something)
      : redactor_(redactor),
        has_something_(has_something)
  {}

  void
  operator()(std::string& text, TextKind kind)
  {
    kind = kind == TextKind::run && has_something_ ? TextKind::prose : kind;
    if (kind != TextKind::name && text.size() > longest_kept) {
      text = redactor_.redacted(text, kind);
      return;
    }
    const auto [known, is_new] = known_[static_cast<std::size_t>(kind)].try_emplace(text);
    if (is_new) {
      known->second = redactor_.redacted(text, kind);
    }
    text = known->second;
  }

  void
  operator()(std::string& line, Span& covered)
  {
    line = redactor_.redacted(line, TextKind::line, covered);
  }

private:
  /// Of what is no name: longer texts are seldom the same.
  static constexpr std::size_t longest_kept = 48;

  const Redactor& redactor_;
  bool has_something_;
  /// By kind: a report with a thousand findings names each file often, and says a few words of each.
  std::array<std::unordered_map<std::string, std::string>, 4> known_;
};

}  // namespace

Report::Report(RawReport raw, const Redactor& redactor)
    : RawReport(std::move(raw))
{
  Redaction visit(redactor, !judged.empty() || !gaps.empty() || !notices.empty() || failure);
  for_each_text(static_cast<RawReport&>(*this), visit);
}

void
Report::add_notice(std::string_view notice, const Redactor& redactor)
{
  notices.push_back(redactor.redacted(notice, TextKind::prose));
}

void
RawReport::fail_with(const Error& error)
{
  failure = RunFailure{verdict_of(error.kind), error.message};
  verdict = verdict_of(*this);
}

Verdict
verdict_of(const RawReport& report)
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
