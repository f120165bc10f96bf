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

std::string
comment_words(const InlineAllow& allow)
{
  return allow.reason.empty() ? "comment in the text, without a reason"
                              : fmt::format("comment in the text: {}", allow.reason);
}

/// What `allow` entries and comments make of the places of one finding.
struct Allowed
{
  std::string by;              ///< the entries and comments that count, with their reasons
  std::string note;            ///< why entries that look as if they covered it do not
  std::vector<Location> open;  ///< places that none covers
  std::set<std::string> open_unlisted;
  std::vector<const MarkedPath*> marks;  ///< that count and cover what no entry does

  void
  add(const Suppression& entry)
  {
    if (std::find(entries_.begin(), entries_.end(), &entry) == entries_.end()) {
      entries_.push_back(&entry);
      say(fmt::format("{} (until {}, {})", entry.reason, entry.expires, entry.origin));
    }
  }

  void
  add(const MarkedPath& mark)
  {
    if (std::find(marks.begin(), marks.end(), &mark) == marks.end()) {
      marks.push_back(&mark);
      say(comment_words(mark.allow));
    }
  }

  [[nodiscard]] bool
  is_all() const
  {
    return open.empty() && open_unlisted.empty();
  }

private:
  void
  say(const std::string& words)
  {
    if (said_.insert(words).second) {
      by += (by.empty() ? "" : "; ") + words;
    }
  }

  std::vector<const Suppression*> entries_;
  std::set<std::string> said_;
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
    if (allowed.is_all() && allowed.marks.empty()) {
      return Ruling{Disposition::suppressed, allowed.by};
    }
    if (finding.inline_allow && counts(*finding.inline_allow)) {
      finding.inline_allow->counts = true;
      return Ruling{Disposition::suppressed, comment_words(*finding.inline_allow)};
    }
    if (allowed.is_all()) {
      finding.inline_allow = allowed.marks.front()->allow;
      finding.inline_allow->counts = true;
      return Ruling{Disposition::suppressed, allowed.by};
    }
    if (!allowed.by.empty()) {
      leave_open(finding, allowed);
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
    if (!policy_.baseline) {
      return;
    }
    const Examined examined(policy_, findings);
    for (const Baseline::Entry& entry : baseline().stale()) {
      if (examined.contains(entry)) {
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
    if (finding.ruling && finding.ruling->kind == OwnRuling::Kind::ignore) {
      return {Disposition::suppressed, finding.ruling->reason};
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
    if (finding.ruling && finding.ruling->kind == OwnRuling::Kind::warn) {
      return {Disposition::warned, finding.ruling->reason};
    }
    const bool fails_anyway = finding.ruling && finding.ruling->whatever_severity && policy_.fail_on != FailOn::none;
    if (!reaches(severity, policy_.fail_on) && !fails_anyway) {
      return {Disposition::below_threshold,
              policy_.fail_on == FailOn::none
                  ? "fail-on is none"
                  : fmt::format("{} is below {}", name_of(severity), name_of(policy_.fail_on))};
    }
    if (note.empty() && finding.ruling) {
      note = finding.ruling->reason;
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
      if (is_coarse(finding.fingerprint) && !entry.fingerprint.empty() && entry.path.empty()) {
        note = fmt::format("the allow entry at {} needs a path: others share the fingerprint of a weak secret",
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

  [[nodiscard]] const MarkedPath*
  mark_for(const Finding& finding, const std::string& path) const
  {
    const auto found = std::find_if(finding.marked.begin(), finding.marked.end(),
                                    [&path](const MarkedPath& mark) { return mark.path == path; });
    return found != finding.marked.end() && counts(found->allow) ? &*found : nullptr;
  }

  /// Whether an entry or a comment covers the place.
  bool
  look(const Finding& finding, const Location& place, Allowed& allowed)
  {
    if (const Suppression* entry = entry_for(finding, place, allowed.note)) {
      allowed.add(*entry);
      return true;
    }
    if (const MarkedPath* mark = mark_for(finding, place.path)) {
      allowed.add(*mark);
      return true;
    }
    return false;
  }

  Allowed
  allow(const Finding& finding)
  {
    Allowed allowed;
    if (!look(finding, finding.where, allowed)) {
      allowed.open.push_back(finding.where);
    }
    for (const RelatedPlace& place : finding.related) {
      if (is_place_of_finding(place) && !look(finding, place.where, allowed)) {
        allowed.open.push_back(place.where);
      }
    }
    for (const std::string& path : finding.unlisted) {
      if (!look(finding, {.path = path}, allowed)) {
        allowed.open_unlisted.insert(path);
      }
    }
    return allowed;
  }

  /// Leaves of the places of a finding those that are open. An excerpt is of the first place; of another there is none.
  static void
  leave(Finding& finding, const std::vector<Location>& open, const std::set<std::string>& unlisted)
  {
    std::erase_if(finding.related, [&open](const RelatedPlace& place) {
      return is_place_of_finding(place) && std::find(open.begin(), open.end(), place.where) == open.end();
    });
    std::erase_if(finding.unlisted, [&unlisted](const std::string& path) { return !unlisted.contains(path); });
    if (!open.empty() && finding.where == open.front()) {
      return;
    }
    finding.excerpt.clear();
    finding.covered.reset();
    if (open.empty()) {
      finding.where = {.path = finding.unlisted.front()};
      finding.unlisted.erase(finding.unlisted.begin());
      return;
    }
    finding.where = open.front();
    finding.related.erase(std::find_if(finding.related.begin(), finding.related.end(), [&finding](const auto& place) {
      return is_place_of_finding(place) && place.where == finding.where;
    }));
  }

  static void
  leave_open(Finding& finding, Allowed& allowed)
  {
    leave(finding, allowed.open, allowed.open_unlisted);
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
    leave(finding, places, {open.begin(), open.end()});
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

Examined::Examined(const Policy& policy, const Findings& findings)
    : policy_(policy),
      excluded_(findings.excluded.begin(), findings.excluded.end()),
      is_whole_(findings.extent == Extent::whole
                && std::all_of(findings.gaps.begin(), findings.gaps.end(),
                               [&policy](const Gap& gap) { return judge_gap(gap, policy).accepted; }))
{}

bool
Examined::contains(const Baseline::Entry& entry) const
{
  return is_whole_ && entry.gate == policy_.gate && !policy_.off_rules.contains(entry.rule)
         && !matches_any(excluded_, entry.path);
}

}  // namespace sluice
