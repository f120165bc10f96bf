// SPDX-License-Identifier: Apache-2.0
//
// RE2 walks a text with an automaton that it builds as it goes: one step a byte, whatever the pattern. A pattern that
// counts (`{15,400}`) and may begin anywhere has a state for each set of counters that are under way, and somebody who
// scatters its beginnings at random makes a new one with every byte. RE2 then gives the automaton up and follows each
// counter by itself, as many steps a byte as the pattern has instructions: with ten thousand of them, a dozen seconds a
// megabyte. RE2 cannot be asked whether it did (its hooks are not exported by Debian's library), so the instructions
// are bounded instead: rule_file.cpp refuses a pattern of too many. Rules leave the upper end of a long repetition
// open; the matcher bounds a match by its length.
#include "credentials/rule_patterns.hpp"

#include <re2/re2.h>
#include <re2/stringpiece.h>

#include <algorithm>
#include <array>

namespace sluice::credentials {

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

std::optional<PatternMatch>
RulePatterns::find(std::uint32_t rule, std::string_view text, std::size_t from, std::size_t to) const
{
  constexpr int max_groups = 16;
  const Compiled& entry = compiled(rule);
  std::array<re2::StringPiece, max_groups> groups;
  const int count = std::min(entry.secret_group + 1, max_groups);
  if (!entry.pattern->Match(re2::StringPiece(text.data(), text.size()), from, to, RE2::UNANCHORED, groups.data(),
                            count)) {
    return std::nullopt;
  }
  const auto span_of = [&text](const re2::StringPiece& piece) {
    const auto begin = static_cast<std::size_t>(piece.data() - text.data());
    return Span{begin, begin + piece.size()};
  };
  const re2::StringPiece& secret = groups[static_cast<std::size_t>(count - 1)];
  return PatternMatch{span_of(groups[0]), span_of(secret.empty() ? groups[0] : secret)};
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
  // A NUL stands for it, or a word might be put together of what is before it and what is behind.
  std::string around(Span{match.whole.begin, match.secret.begin}.of(text));
  around += '\0';
  around += Span{match.secret.end, match.whole.end}.of(text);
  return any_matches(entry.deny_context, around);
}

}  // namespace sluice::credentials
