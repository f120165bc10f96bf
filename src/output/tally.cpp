// SPDX-License-Identifier: Apache-2.0
#include "output/tally.hpp"

#include "base/text.hpp"
#include "output/escape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>

namespace sluice::output {

namespace {

void
count(const Judged& judged, Tally& counts)
{
  switch (judged.disposition) {
  case Disposition::active:
    ++counts.active.at(static_cast<std::size_t>(judged.severity));
    break;
  case Disposition::warned:
    ++counts.warned;
    break;
  case Disposition::below_threshold:
    ++counts.below_threshold;
    break;
  case Disposition::baselined:
    ++counts.baselined;
    break;
  case Disposition::suppressed:
    ++counts.suppressed;
    counts.by_comment += judged.finding.inline_allow && judged.finding.inline_allow->counts ? 1 : 0;
    break;
  case Disposition::older:
    ++counts.older;
    break;
  }
}

template<typename Wanted>
std::vector<Shown>
select(std::span<const Report> reports, Wanted is_wanted)
{
  std::vector<Shown> shown;
  for (const Report& report : reports) {
    for (const Judged& judged : report.judged) {
      if (is_wanted(judged.disposition)) {
        shown.push_back({&report, &judged});
      }
    }
  }
  std::stable_sort(shown.begin(), shown.end(),
                   [](const Shown& a, const Shown& b) { return a.judged->severity > b.judged->severity; });
  return shown;
}

/// "commits" of one is "commit".
std::string
singular_noun(std::string_view plural)
{
  if (plural.ends_with("ies")) {
    return std::string(plural.substr(0, plural.size() - 3)) + "y";
  }
  const bool is_sibilant =
      plural.ends_with("ches") || plural.ends_with("shes") || plural.ends_with("xes") || plural.ends_with("sses");
  const std::size_t ending =
      is_sibilant ? 2 : (plural.ends_with("s") && !plural.ends_with("ss") && !plural.ends_with("us") ? 1 : 0);
  return std::string(plural.substr(0, plural.size() - ending));
}

/// The noun of a unit is its first plural: "files replayed" are "file replayed", "earlier files" are "earlier file",
/// "refs of packages" are "ref of packages".
std::string
singular(std::string_view plural)
{
  std::string text;
  bool is_done = false;
  for (const std::string_view word : split(plural, ' ')) {
    const std::string one = is_done ? std::string(word) : singular_noun(word);
    is_done = is_done || one != word;
    text += (text.empty() ? "" : " ") + one;
  }
  return text;
}

}  // namespace

std::size_t
Tally::active_total() const
{
  return std::accumulate(active.begin(), active.end(), std::size_t{0});
}

Tally
tally(std::span<const Report> reports)
{
  Tally counts;
  for (const Report& report : reports) {
    for (const Judged& judged : report.judged) {
      count(judged, counts);
    }
    for (const JudgedGap& gap : report.gaps) {
      ++(gap.accepted ? counts.accepted_gaps : counts.gaps);
    }
  }
  return counts;
}

Tally
tally(const Report& report)
{
  return tally(std::span(&report, 1));
}

std::vector<Shown>
active_findings(std::span<const Report> reports)
{
  return select(reports, [](Disposition disposition) { return disposition == Disposition::active; });
}

std::vector<Shown>
warned_findings(std::span<const Report> reports)
{
  return select(reports, [](Disposition disposition) { return disposition == Disposition::warned; });
}

std::vector<Shown>
open_findings(std::span<const Report> reports)
{
  return select(reports, [](Disposition disposition) {
    return disposition == Disposition::active || disposition == Disposition::warned
           || disposition == Disposition::below_threshold;
  });
}

EntryNames
names_of_advice(const std::vector<Shown>& findings)
{
  const bool has_coarse = std::any_of(findings.begin(), findings.end(), [](const Shown& shown) {
    return entry_names(shown.judged->finding) == EntryNames::path_too;
  });
  return has_coarse ? EntryNames::path_too : EntryNames::fingerprint;
}

CommentPlace
place_of_advice(const std::vector<Shown>& findings)
{
  CommentPlace place = CommentPlace::nowhere;
  for (const Shown& shown : findings) {
    const CommentPlace own = comment_place(shown.judged->finding);
    place = place == CommentPlace::nowhere || own == CommentPlace::line ? own : place;
  }
  return place;
}

const RuleMeta&
rule_of(const Finding& finding)
{
  static constexpr RuleMeta nameless{"unknown", "Unknown rule",   "", {}, Severity::medium, Confidence::low, {},
                                     "",        RuleState::stable};
  return finding.rule == nullptr ? nameless : *finding.rule;
}

std::vector<const RuleMeta*>
rules_of(const Report& report)
{
  std::vector<const RuleMeta*> rules;
  std::set<std::string_view> seen;
  const auto add = [&](const RuleMeta& rule) {
    if (seen.insert(rule.id).second) {
      rules.push_back(&rule);
    }
  };
  for (const RuleMeta* rule : report.rules) {
    add(*rule);
  }
  for (const Judged& judged : report.judged) {
    add(rule_of(judged.finding));
  }
  return rules;
}

std::string
active_text(const Tally& counts)
{
  std::vector<std::string> parts;
  for (std::size_t i = counts.active.size(); i-- > 0;) {
    if (counts.active.at(i) > 0) {
      parts.push_back(fmt::format("{} {}", with_thousands(counts.active.at(i)), name_of(static_cast<Severity>(i))));
    }
  }
  if (parts.empty()) {
    parts.emplace_back(counts.older > 0 ? "nothing new" : "no findings");
  }
  if (counts.gaps > 0) {
    parts.push_back(counted(counts.gaps, "gap", "gaps"));
  }
  return join(parts, ", ");
}

std::string
passed_text(const Tally& counts)
{
  std::vector<std::string> parts;
  const auto add = [&parts](std::size_t number, std::string_view what) {
    if (number > 0) {
      parts.push_back(fmt::format("{} {}", with_thousands(number), what));
    }
  };
  add(counts.warned, counts.warned == 1 ? "warning" : "warnings");
  add(counts.below_threshold, "below the threshold");
  add(counts.baselined, "baselined");
  const std::string comments = counts.by_comment == 0 ? ""
                                                      : fmt::format(" ({} by {})", with_thousands(counts.by_comment),
                                                                    counts.by_comment == 1 ? "a comment" : "comments");
  add(counts.suppressed, "suppressed" + comments);
  add(counts.older, "from before");
  add(counts.accepted_gaps, counts.accepted_gaps == 1 ? "accepted gap" : "accepted gaps");
  return join(parts, ", ");
}

std::string
coverage_text(const Coverage& coverage)
{
  std::vector<std::string> parts;
  for (const Count& item : coverage.counts) {
    parts.push_back(item.unit == "bytes" ? human_bytes(item.value)
                                         : plain(counted(item.value, singular(item.unit), item.unit), 200));
  }
  return parts.empty() ? "nothing" : join(parts, ", ");
}

Coverage
merged_coverage(std::span<const Report> reports)
{
  Coverage merged;
  for (const Report& report : reports) {
    for (const Count& item : report.coverage.counts) {
      const auto same = std::find_if(merged.counts.begin(), merged.counts.end(),
                                     [&item](const Count& sum) { return sum.unit == item.unit; });
      if (same == merged.counts.end()) {
        merged.counts.push_back(item);
      } else {
        same->value += item.value;
      }
    }
  }
  return merged;
}

std::string
duration_text(std::chrono::milliseconds duration)
{
  const auto milliseconds = duration.count();
  if (milliseconds < 60'000) {
    return fmt::format("{:.2f} s", static_cast<double>(milliseconds) / 1000);
  }
  return fmt::format("{} min {} s", milliseconds / 60'000, milliseconds / 1000 % 60);
}

std::string
short_commit(std::string_view commit)
{
  return plain(commit.substr(0, 12));
}

std::string
place_text(const Location& where)
{
  if (where.path.empty()) {
    return where.commit.empty() ? "the repository" : fmt::format("commit {}", short_commit(where.commit));
  }
  std::string place = plain(where.path);
  if (where.begin.line > 0) {
    place += fmt::format(":{}", where.begin.line);
    if (where.begin.column > 0) {
      place += fmt::format(":{}", where.begin.column);
    }
  }
  return place;
}

std::string
path_or_stand_in(const Location& where)
{
  if (!where.path.empty()) {
    return where.path;
  }
  return where.commit.empty() ? "git/repository" : "git/commit/" + where.commit;
}

}  // namespace sluice::output
