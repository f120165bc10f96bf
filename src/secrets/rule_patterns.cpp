// SPDX-License-Identifier: Apache-2.0
//
// RE2 walks a text with an automaton that it builds as it goes: one step a byte, whatever the pattern. A pattern that
// counts (`{15,400}`) and may begin anywhere has a state for each set of counters that are under way, and somebody who
// scatters its beginnings at random makes a new one with every byte. RE2 then gives the automaton up and follows each
// counter by itself, as many steps a byte as the pattern has instructions: seconds a megabyte. Two things keep that
// away. Rules leave the upper end of a long repetition open (rule_file.cpp refuses others): the matcher bounds a match
// by its length. And RE2 tells through its hook when it gave up, so that the matcher can count and bound the steps.
#include "secrets/rule_patterns.hpp"

#include <fmt/format.h>
#include <re2/re2.h>
#include <re2/stringpiece.h>

#include <algorithm>
#include <array>

namespace sluice::secrets {

namespace {

constexpr std::int64_t max_pattern_memory = 8 << 20;

using Patterns = std::vector<std::unique_ptr<RE2>>;

/// Bytes, not characters: a text of any encoding is looked at as it is stored.
RE2::Options
options()
{
  RE2::Options options(RE2::Latin1);
  options.set_log_errors(false);
  options.set_max_mem(max_pattern_memory);
  return options;
}

Patterns
compile_all(std::span<const std::string_view> texts)
{
  Patterns patterns;
  for (const std::string_view text : texts) {
    patterns.push_back(std::make_unique<RE2>(re2::StringPiece(text.data(), text.size()), options()));
  }
  return patterns;
}

bool
any_matches(const Patterns& patterns, std::string_view text)
{
  const re2::StringPiece piece(text.data(), text.size());
  return std::any_of(patterns.begin(), patterns.end(),
                     [&piece](const auto& pattern) { return RE2::PartialMatch(piece, *pattern); });
}

/// Of this thread: how often RE2 went on without its automaton.
thread_local std::uint64_t surrenders = 0;

void
count_surrender(const re2::hooks::DFASearchFailure& /*event*/)
{
  ++surrenders;
}

}  // namespace

struct RulePatterns::Compiled
{
  std::once_flag once;
  std::unique_ptr<RE2> pattern;
  int secret_group = 0;
  Patterns deny_secrets, deny_context;
};

RulePatterns::RulePatterns(std::span<const Rule> rules)
    : rules_(rules)
{
  compiled_.reserve(rules.size());
  for (std::size_t i = 0; i < rules.size(); ++i) {
    compiled_.push_back(std::make_unique<Compiled>());
  }
  re2::hooks::SetDFASearchFailureHook(&count_surrender);
}

RulePatterns::~RulePatterns() = default;
RulePatterns::RulePatterns(RulePatterns&&) noexcept = default;
RulePatterns& RulePatterns::operator=(RulePatterns&&) noexcept = default;

const RulePatterns::Compiled&
RulePatterns::compiled(std::uint32_t rule) const
{
  Compiled& entry = *compiled_[rule];
  std::call_once(entry.once, [&entry, &source = rules_[rule]] {
    entry.pattern = std::make_unique<RE2>(re2::StringPiece(source.pattern.data(), source.pattern.size()), options());
    const auto& groups = entry.pattern->NamedCapturingGroups();
    const auto secret = groups.find("secret");
    entry.secret_group = secret == groups.end() ? 0 : secret->second;
    entry.deny_secrets = compile_all(source.deny_secrets);
    entry.deny_context = compile_all(source.deny_context);
  });
  return entry;
}

PatternSearch
RulePatterns::find(std::uint32_t rule, std::string_view text, std::size_t from, std::size_t to) const
{
  constexpr int max_groups = 16;
  const Compiled& entry = compiled(rule);
  std::array<re2::StringPiece, max_groups> groups;
  const int count = std::min(entry.secret_group + 1, max_groups);
  const std::uint64_t before = surrenders;
  PatternSearch search;
  const bool matches = entry.pattern->Match(re2::StringPiece(text.data(), text.size()), from, to, RE2::UNANCHORED,
                                            groups.data(), count);
  if (surrenders != before) {
    search.steps = static_cast<std::uint64_t>(entry.pattern->ProgramSize()) * (to - from);
  }
  if (!matches) {
    return search;
  }
  const auto span_of = [&text](const re2::StringPiece& piece) {
    const auto begin = static_cast<std::size_t>(piece.data() - text.data());
    return Span{begin, begin + piece.size()};
  };
  const re2::StringPiece& secret = groups[static_cast<std::size_t>(count - 1)];
  search.match = PatternMatch{span_of(groups[0]), span_of(secret.empty() ? groups[0] : secret)};
  return search;
}

bool
RulePatterns::denies(std::uint32_t rule, const PatternMatch& match, std::string_view text) const
{
  const Compiled& entry = compiled(rule);
  if (any_matches(entry.deny_secrets, match.secret.of(text))) {
    return true;
  }
  if (entry.deny_context.empty()) {
    return false;
  }
  // Without the secret: a word that its random characters happen to spell says nothing.
  const std::string around = fmt::format("{}{}", Span{match.whole.begin, match.secret.begin}.of(text),
                                         Span{match.secret.end, match.whole.end}.of(text));
  return any_matches(entry.deny_context, around);
}

}  // namespace sluice::secrets
