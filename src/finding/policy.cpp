// SPDX-License-Identifier: Apache-2.0
#include "finding/policy.hpp"

#include "base/glob.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace sluice {

namespace {

bool
has_expired(std::string_view expires, Date today)
{
  const auto last_day = parse_date(expires);
  return !last_day || *last_day < today;
}

struct Ruling
{
  Disposition disposition;
  std::string reason;
};

/// Judges findings one by one and remembers which suppressions were of use.
class Judge
{
public:
  explicit Judge(const Policy& policy)
      : policy_(policy),
        used_(policy.allow.size())
  {}

  Judged
  judge(Finding finding)
  {
    const auto remapped = policy_.severity.find(std::string(finding.rule->id));
    const Severity severity = remapped == policy_.severity.end() ? finding.own_severity() : remapped->second;
    Ruling ruling = decide(finding, severity);
    return {std::move(finding), severity, ruling.disposition, std::move(ruling.reason)};
  }

  /// What this gate knows to be unused is a notice. Entries that name another gate's rule are that gate's to tell of.
  void
  tell_unused(Report& report) const
  {
    for (std::size_t i = 0; i < used_.size(); ++i) {
      const Suppression& entry = policy_.allow[i];
      if (used_[i]) {
        continue;
      }
      if (entry.rule.empty()) {
        report.unused_allowances.push_back(entry.origin);
      } else if (policy_.own_rules.empty() || policy_.own_rules.contains(entry.rule)) {
        report.notices.push_back(fmt::format("{}: this allow entry covers nothing{} (reason given: {})", entry.origin,
                                             has_expired(entry.expires, policy_.today) ? " and has expired" : "",
                                             entry.reason));
      }
    }
  }

private:
  Ruling
  decide(const Finding& finding, Severity severity)
  {
    std::string expired;
    for (std::size_t i = 0; i < policy_.allow.size(); ++i) {
      const Suppression& entry = policy_.allow[i];
      if (!covers(entry, finding)) {
        continue;
      }
      used_[i] = true;
      if (!has_expired(entry.expires, policy_.today)) {
        return {Disposition::suppressed, fmt::format("{} (until {}, {})", entry.reason, entry.expires, entry.origin)};
      }
      expired = fmt::format("the allow entry at {} expired on {}", entry.origin, entry.expires);
    }
    if (finding.inline_allow && policy_.inline_comments == InlineComments::honour) {
      const std::string& reason = finding.inline_allow->reason;
      return {Disposition::suppressed, reason.empty() ? "comment in the text, without a reason"
                                                      : fmt::format("comment in the text: {}", reason)};
    }
    if (policy_.baseline && policy_.baseline->contains(finding)) {
      return {Disposition::baselined, "in the baseline"};
    }
    if (finding.own_confidence() < policy_.min_confidence) {
      return {Disposition::below_threshold, fmt::format("confidence {} is below {}", name_of(finding.own_confidence()),
                                                        name_of(policy_.min_confidence))};
    }
    if (!reaches(severity, policy_.fail_on)) {
      return {Disposition::below_threshold,
              policy_.fail_on == FailOn::none
                  ? "fail-on is none"
                  : fmt::format("{} is below {}", name_of(severity), name_of(policy_.fail_on))};
    }
    return {Disposition::active, expired.empty() ? powerless_words(finding) : expired};
  }

  [[nodiscard]] std::string
  powerless_words(const Finding& finding) const
  {
    for (const Suppression& entry : policy_.powerless) {
      if (covers(entry, finding) && !has_expired(entry.expires, policy_.today)) {
        return fmt::format("the allow entry at {} is the change's own and does not count", entry.origin);
      }
    }
    return {};
  }

  const Policy& policy_;
  std::vector<bool> used_;
};

JudgedGap
judge_gap(Gap gap, const Policy& policy)
{
  JudgedGap judged{std::move(gap), false, {}};
  for (const AcceptedGap& entry : policy.accept_gaps) {
    if (!covers(entry, judged.gap) || !is_acceptable(judged.gap.kind)) {
      continue;
    }
    if (has_expired(entry.expires, policy.today)) {
      judged.reason = fmt::format("the acceptance at {} expired on {}", entry.origin, entry.expires);
      continue;
    }
    judged.accepted = true;
    judged.reason = fmt::format("{} (until {}, {})", entry.reason, entry.expires, entry.origin);
    break;
  }
  return judged;
}

void
tell_wide_acceptances(const Policy& policy, Report& report)
{
  for (const AcceptedGap& entry : policy.accept_gaps) {
    if (entry.subject == "*") {
      report.notices.push_back(
          fmt::format("{}: every gap of the kind {} is accepted, whatever it is (reason given: {})", entry.origin,
                      name_of(entry.kind), entry.reason));
    }
  }
}

/// What the gate did not say of itself and its caller knows.
void
complete(Findings& findings, Asked asked)
{
  const bool has_no_subject = findings.absence && findings.absence->kind == Absence::Kind::no_subject;
  if (has_no_subject && asked == Asked::by_name) {
    findings.gaps.push_back({GapKind::no_input, "the repository", findings.absence->reason,
                             "Name where its input is, or leave the gate out"});
    findings.absence.reset();
  }
  const bool is_silent = findings.found.empty() && findings.gaps.empty() && !findings.absence;
  if (is_silent && findings.coverage.is_empty()) {
    findings.gaps.push_back({GapKind::no_reason, "the gate", "it examined nothing and does not say why",
                             "Report this: it is a defect of Sluice"});
  }
}

/// Most severe first; then by place, so that the order never depends on how the work was spread over threads.
bool
comes_first(const Judged& a, const Judged& b)
{
  const auto key = [](const Judged& judged) {
    const Finding& finding = judged.finding;
    return std::tuple(-static_cast<int>(judged.severity), std::string_view(finding.where.path), finding.where.begin,
                      finding.rule->id, std::string_view(finding.where.commit),
                      std::string_view(finding.fingerprint.hex));
  };
  return key(a) < key(b);
}

}  // namespace

Report
Policy::judge(Findings findings) const
{
  complete(findings, asked);
  Report report;
  report.fail_on = fail_on;
  report.coverage = std::move(findings.coverage);
  report.absence = std::move(findings.absence);
  report.sections = std::move(findings.sections);
  Judge judge(*this);
  for (Finding& finding : findings.found) {
    report.judged.push_back(judge.judge(std::move(finding)));
  }
  std::stable_sort(report.judged.begin(), report.judged.end(), comes_first);
  for (Gap& gap : findings.gaps) {
    report.gaps.push_back(judge_gap(std::move(gap), *this));
  }
  report.notices = std::move(findings.notices);
  judge.tell_unused(report);
  tell_wide_acceptances(*this, report);
  report.verdict = verdict_of(report);
  return report;
}

}  // namespace sluice
