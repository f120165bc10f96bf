// SPDX-License-Identifier: Apache-2.0
#include "deps/licence_policy.hpp"

#include "base/glob.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::deps {

namespace {

using Outcome = LicenceVerdict::Outcome;
using TermKind = LicenceTerm::Kind;

const LicenceEntry*
first_that_covers(const std::vector<LicenceEntry>& entries, const LicenceTerm& term)
{
  const auto found =
      std::find_if(entries.begin(), entries.end(), [&term](const LicenceEntry& entry) { return entry.covers(term); });
  return found == entries.end() ? nullptr : &*found;
}

std::string
denied_words(std::string_view licence, const LicenceEntry& entry)
{
  return to_lower(licence) == to_lower(entry.text())
             ? fmt::format("{} is denied", printable(licence))
             : fmt::format("{} is denied ({})", printable(licence), printable(entry.text()));
}

LicenceTerm
bare(LicenceTerm term)
{
  term.exception.clear();
  return term;
}

void
append(std::vector<std::string>& to, std::vector<std::string>& from)
{
  for (std::string& each : from) {
    if (std::find(to.begin(), to.end(), each) == to.end()) {
      to.push_back(std::move(each));
    }
  }
}

/// Of a choice the best counts, of a sum the worst; whatever does not decide is not told.
LicenceVerdict
joined(LicenceExpression::Kind kind, LicenceVerdict a, LicenceVerdict b)
{
  const bool is_all = kind == LicenceExpression::Kind::all;
  a.outcome = is_all ? std::max(a.outcome, b.outcome) : std::min(a.outcome, b.outcome);
  append(a.refused, b.refused);
  append(a.unknown, b.unknown);
  append(a.passing, b.passing);
  if (a.outcome == Outcome::passes) {
    a.refused.clear();
    a.unknown.clear();
  }
  return a;
}

}  // namespace

LicenceEntry::LicenceEntry(std::string text)
    : text_(std::move(text))
{
  if (text_.find_first_of("*?[") != std::string::npos) {
    glob_ = to_lower(text_);
    return;
  }
  auto parsed = parse_licence(text_);
  if (parsed && parsed->steps.size() == 1 && parsed->read_as.empty()
      && parsed->steps.front().term.kind != TermKind::unknown) {
    term_ = std::move(parsed->steps.front().term);
    version_ = licence_version(term_->id);
  }
}

std::optional<std::string>
LicenceEntry::defect() const
{
  if (term_ || !glob_.empty()) {
    return std::nullopt;
  }
  return fmt::format("is neither a glob nor an identifier of SPDX's list{}", did_you_mean(text_, spdx_ids()));
}

bool
LicenceEntry::covers(const LicenceTerm& term) const
{
  if (!glob_.empty()) {
    // "GPL-*" is about the licence, whatever is added to it.
    if (!term.exception.empty() && glob_.find(" with ") == std::string::npos) {
      return false;
    }
    return matches_text(glob_, to_lower(term.text()));
  }
  if (!term_ || to_lower(term_->exception) != to_lower(term.exception)) {
    return false;
  }
  if (to_lower(term_->id) == to_lower(term.id)) {
    return true;
  }
  const LicenceVersion version = licence_version(term.id);
  return version_.is_or_later && version.is_of_same_family(version_) && is_at_most(version_.version, version.version);
}

LicencePolicy::LicencePolicy(const LicenceOptions& options)
    : allow_(options.allow.begin(), options.allow.end()),
      deny_(options.deny.begin(), options.deny.end())
{}

LicenceVerdict
LicencePolicy::judge(const LicenceExpression& expression) const
{
  std::vector<LicenceVerdict> stack;
  for (const LicenceExpression::Step& step : expression.steps) {
    if (step.kind != LicenceExpression::Kind::term) {
      LicenceVerdict last = std::move(stack.back());
      stack.pop_back();
      stack.back() = joined(step.kind, std::move(stack.back()), std::move(last));
      continue;
    }
    TermVerdict term = judge(step.term);
    LicenceVerdict& verdict = stack.emplace_back();
    verdict.outcome = term.outcome;
    (term.outcome == Outcome::passes    ? verdict.passing
     : term.outcome == Outcome::refused ? verdict.refused
                                        : verdict.unknown)
        .push_back(std::move(term.why));
  }
  return std::move(stack.back());
}

LicencePolicy::TermVerdict
LicencePolicy::judge(const LicenceTerm& term) const
{
  if (!term.exception.empty()) {
    if (const LicenceEntry* denied = first_that_covers(deny_, term)) {
      return {Outcome::refused, denied_words(term.text(), *denied)};
    }
    if (first_that_covers(allow_, term) != nullptr) {
      return {Outcome::passes, term.text()};
    }
  }
  const LicenceTerm licence = bare(term);
  const bool is_choice = term.kind == TermKind::listed && licence_version(licence.id).is_or_later;
  TermVerdict verdict = is_choice ? judge_versions(licence) : judge_exact(licence);
  if (verdict.outcome == Outcome::passes) {
    verdict.why = term.text();
  }
  return verdict;
}

LicencePolicy::TermVerdict
LicencePolicy::judge_exact(const LicenceTerm& term) const
{
  if (const LicenceEntry* denied = first_that_covers(deny_, term)) {
    return {Outcome::refused, denied_words(term.id, *denied)};
  }
  const bool is_allowed = first_that_covers(allow_, term) != nullptr;
  // A glob that allows much was not written with what nobody knows in mind.
  if (term.kind == TermKind::unknown || (term.kind == TermKind::reference && allow_.empty())) {
    return {Outcome::unknown, printable(term.id)};
  }
  if (is_allowed || allow_.empty()) {
    return {Outcome::passes, term.id};
  }
  return {Outcome::refused, fmt::format("{} is not allowed", printable(term.id))};
}

LicencePolicy::TermVerdict
LicencePolicy::judge_versions(const LicenceTerm& term) const
{
  if (const LicenceEntry* denied = first_that_covers(deny_, term)) {
    return {Outcome::refused, denied_words(term.id, *denied)};
  }
  if (first_that_covers(allow_, term) != nullptr) {
    return {Outcome::passes, term.id};
  }
  std::vector<std::string> ids = versions_from(licence_version(term.id));
  if (ids.empty()) {
    ids.push_back(term.id.substr(0, term.id.size() - 1));  // "BSD-2-Clause+", which has no later version
  }
  std::string why;
  for (const std::string& id : ids) {
    TermVerdict version = judge_exact({TermKind::listed, id, {}, id});
    if (version.outcome == Outcome::passes) {
      return {Outcome::passes, term.id};
    }
    why = why.empty() ? std::move(version.why) : std::move(why);
  }
  return {Outcome::refused, fmt::format("no version of {} passes: {}", term.id, why)};
}

std::optional<OwnRuling>
LicenceExceptions::ruling(std::string_view package, std::string_view licence)
{
  return entries_.ruling([&](const LicenceException& entry) {
    return matches_text(entry.package, package)
           && (entry.licence.empty() || matches_text(to_lower(entry.licence), to_lower(licence)));
  });
}

std::vector<std::string>
LicenceExceptions::notices() const
{
  return entries_.notices(
      [](const LicenceException& entry) { return fmt::format("the exception for the licence of {}", entry.package); });
}

}  // namespace sluice::deps
