// SPDX-License-Identifier: Apache-2.0
#include "finding/policy.hpp"

#include "base/glob.hpp"
#include "base/text.hpp"
#include "finding/older.hpp"

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

/// What `allow` entries make of the places of one finding.
struct Allowed
{
  std::string by;              ///< the entries that count, with their reasons
  std::string note;            ///< why entries that look as if they covered it do not
  std::vector<Location> open;  ///< places that no entry covers

  void
  add(const Suppression& entry)
  {
    if (std::find(entries_.begin(), entries_.end(), &entry) == entries_.end()) {
      entries_.push_back(&entry);
      by += fmt::format("{}{} (until {}, {})", by.empty() ? "" : "; ", entry.reason, entry.expires, entry.origin);
    }
  }

private:
  std::vector<const Suppression*> entries_;
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
  tell_unused(RawReport& report) const
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

  /// The ruling of entries and comments; without one, `note` says why those that look as if they covered it do not, and
  /// the finding has lost the places that some cover.
  std::optional<Ruling>
  suppress(Finding& finding, std::string& note)
  {
    Allowed allowed = allow(finding);
    if (allowed.open.empty()) {
      return Ruling{Disposition::suppressed, allowed.by};
    }
    if (finding.inline_allow && counts(*finding.inline_allow)) {
      finding.inline_allow->counts = true;
      const std::string& reason = finding.inline_allow->reason;
      return Ruling{Disposition::suppressed, reason.empty() ? "comment in the text, without a reason"
                                                            : fmt::format("comment in the text: {}", reason)};
    }
    note = std::move(allowed.note);
    return std::nullopt;
  }

  /// What the whole was looked through for and not found.
  void
  tell_stale(const Findings& findings, RawReport& report)
  {
    constexpr std::size_t most = 10;
    std::vector<std::string> stale;
    for (const Baseline::Entry& entry : policy_.baseline ? baseline().stale() : Baseline::Entries()) {
      if (policy_.has_examined(entry, findings)) {
        stale.push_back(
            fmt::format("{} at {}", printable(entry.rule), entry.path.empty() ? "no path" : printable(entry.path)));
      }
    }
    if (stale.empty()) {
      return;
    }
    const std::string more = stale.size() > most ? fmt::format(" and {} more", stale.size() - most) : "";
    const std::string count = counted(stale.size(), "entry fits", "entries fit");
    stale.resize(std::min(stale.size(), most));
    report.notices.push_back(fmt::format("{}: {} nothing any more: {}{}; --baseline-action update takes them out",
                                         printable(policy_.baseline_name), count, join(stale, ", "), more));
  }

private:
  /// Copied only where it is needed.
  BaselineUse&
  baseline()
  {
    return baseline_ ? *baseline_ : baseline_.emplace(*policy_.baseline, policy_.redactor);
  }

  Ruling
  decide(Finding& finding, Severity severity)
  {
    std::string note;
    if (auto suppressed = suppress(finding, note)) {
      return *std::move(suppressed);
    }
    if (policy_.baseline) {
      const std::vector<std::string> open = baseline().uncovered(finding);
      if (open.empty()) {
        return {Disposition::baselined, "in the baseline"};
      }
      leave_new(finding, open, note);
    }
    if (finding.is_older) {
      return {Disposition::older, "was there before this change"};
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
    return {Disposition::active, note.empty() ? powerless_words(finding) : note};
  }

  /// The first entry that counts at a place; one that has expired, or whose fingerprint is no name without a path, is
  /// only noted.
  const Suppression*
  entry_for(const Finding& finding, const Location& place, std::string& note)
  {
    for (std::size_t i = 0; i < policy_.allow.size(); ++i) {
      const Suppression& entry = policy_.allow[i];
      if (!names(entry, finding) || !covers(entry, place)) {
        continue;
      }
      used_[i] = true;
      if (entry.path.empty() && !entry.fingerprint.empty() && is_coarse(finding.fingerprint)) {
        note = fmt::format("the allow entry at {} needs a path, because other secrets have this fingerprint too",
                           entry.origin);
      } else if (has_expired(entry.expires, policy_.today)) {
        note = fmt::format("the allow entry at {} expired on {}", entry.origin, entry.expires);
      } else if (entry.path.empty() || lists_all_places(finding)) {
        return &entry;
      } else {
        note = fmt::format("the allow entry at {} has a path, and not every place of this is listed", entry.origin);
      }
    }
    return nullptr;
  }

  /// What the entries cover of the places of the finding. Those that some cover are dropped if others stay open.
  Allowed
  allow(Finding& finding)
  {
    Allowed allowed;
    const auto look = [&](const Location& place) {
      if (const Suppression* entry = entry_for(finding, place, allowed.note)) {
        allowed.add(*entry);
      } else {
        allowed.open.push_back(place);
      }
    };
    look(finding.where);
    for (const RelatedPlace& place : finding.related) {
      if (is_place_of_finding(place)) {
        look(place.where);
      }
    }
    if (!allowed.open.empty() && !allowed.by.empty()) {
      leave_open(finding, allowed);
    }
    return allowed;
  }

  /// An excerpt is of the first place; of another there is none.
  static void
  leave(Finding& finding, const std::vector<Location>& open)
  {
    std::erase_if(finding.related, [&open](const RelatedPlace& place) {
      return is_place_of_finding(place) && std::find(open.begin(), open.end(), place.where) == open.end();
    });
    if (!open.empty() && finding.where != open.front()) {
      finding.where = open.front();
      finding.excerpt.clear();
      const auto moved = std::find_if(finding.related.begin(), finding.related.end(), [&finding](const auto& place) {
        return is_place_of_finding(place) && place.where == finding.where;
      });
      finding.related.erase(moved);
    }
  }

  static void
  leave_open(Finding& finding, Allowed& allowed)
  {
    leave(finding, allowed.open);
    if (allowed.note.empty()) {
      allowed.note = fmt::format("other places of it are allowed: {}", allowed.by);
    }
  }

  /// The paths that the baseline does not have stay; that it has others is worth to know.
  static void
  leave_new(Finding& finding, const std::vector<std::string>& open, std::string& note)
  {
    const auto is_open = [&open](const Location& place) {
      return std::find(open.begin(), open.end(), place.path) != open.end();
    };
    const std::size_t all = paths_of(finding).size();
    std::vector<Location> places;
    if (is_open(finding.where)) {
      places.push_back(finding.where);
    }
    for (const RelatedPlace& place : finding.related) {
      if (is_place_of_finding(place) && is_open(place.where)) {
        places.push_back(place.where);
      }
    }
    if (open.size() == all) {
      return;
    }
    leave(finding, places);
    if (note.empty()) {
      note = "the baseline has other places of it, and what is copied is new";
    }
  }

  [[nodiscard]] bool
  counts(const InlineAllow& allow) const
  {
    return policy_.inline_comments == InlineComments::honour
           || (policy_.inline_comments == InlineComments::own && allow.is_own_with_reason());
  }

  [[nodiscard]] std::string
  powerless_words(const Finding& finding) const
  {
    if (finding.inline_allow && policy_.inline_comments == InlineComments::own) {
      return "the comment in the text does not count: only sluice:allow[RULE] with a reason does here";
    }
    for (const Suppression& entry : policy_.powerless) {
      const bool fits = names(entry, finding) && covers(entry, finding.where);
      if (fits && !has_expired(entry.expires, policy_.today)) {
        return fmt::format("the allow entry at {} is the change's own and does not count", entry.origin);
      }
    }
    return {};
  }

  const Policy& policy_;
  std::vector<bool> used_;
  std::optional<BaselineUse> baseline_;
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
tell_wide_acceptances(const Policy& policy, RawReport& report)
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

RawReport
Policy::judge(Findings findings) const
{
  complete(findings, asked);
  RawReport report;
  report.fail_on = fail_on;
  report.coverage = std::move(findings.coverage);
  report.absence = std::move(findings.absence);
  report.sections = std::move(findings.sections);
  Judge judge(*this);
  for (Finding& finding : findings.found) {
    report.judged.push_back(judge.judge(std::move(finding)));
  }
  report.notices = std::move(findings.notices);
  judge.tell_unused(report);
  judge.tell_stale(findings, report);
  std::stable_sort(report.judged.begin(), report.judged.end(), comes_first);
  if (auto older = older_section(report.judged)) {
    report.sections.push_back(*std::move(older));
  }
  for (Gap& gap : findings.gaps) {
    report.gaps.push_back(judge_gap(std::move(gap), *this));
  }
  tell_wide_acceptances(*this, report);
  report.verdict = verdict_of(report);
  return report;
}

bool
Policy::suppresses(const Finding& finding) const
{
  Finding judged = finding;
  std::string note;
  return Judge(*this).suppress(judged, note).has_value();
}

bool
Policy::has_examined(const Baseline::Entry& entry, const Findings& findings) const
{
  const bool is_whole = findings.extent == Extent::whole
                        && std::all_of(findings.gaps.begin(), findings.gaps.end(),
                                       [this](const Gap& gap) { return judge_gap(gap, *this).accepted; });
  return is_whole && entry.gate == gate && !off_rules.contains(entry.rule)
         && std::none_of(findings.excluded.begin(), findings.excluded.end(),
                         [&entry](const std::string& glob) { return Glob(glob).matches(entry.path); });
}

}  // namespace sluice
