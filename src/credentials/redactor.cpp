// SPDX-License-Identifier: Apache-2.0
//
// What must not be seen in a text that somebody is about to print. The rules know credentials by their form; three
// things they cannot know are guessed (guesses.hpp): a password in a URL, whatever the scheme is; a token that was cut
// when a message was made; and in a line of somebody's file the secret of unknown form beside the one that was found.
// Names are spared from that last guess, since a file that cannot be named cannot be mended.
//
// Whatever is put in the place of a secret has the form `…(20 characters)`. A report that is read back and redacted
// once more must stay as it is, but such a mark proves nothing: whoever writes one into a secret must not get the rest
// of it shown. So a text with marks is looked at twice, as it is and as if they were not there, and what is seen is
// hidden but for the marks and what is shown before them.
#include "credentials/redactor.hpp"

#include "base/span.hpp"
#include "base/text.hpp"
#include "credentials/guesses.hpp"
#include "credentials/matcher.hpp"
#include "credentials/redaction.hpp"
#include "credentials/stand_in.hpp"

#include <algorithm>
#include <mutex>
#include <optional>

namespace sluice::credentials {

namespace {

bool
is_hex(char c)
{
  return is_digit(c) || (c >= 'a' && c <= 'f');
}

bool
is_of_token(char c)
{
  return is_letter(c) || is_digit(c) || is_any_of(c, "_-+/=.~%");
}

/// The end of the run from `at` on of what `is` says.
template<typename Is>
std::size_t
end_of_run(std::string_view text, std::size_t at, Is is)
{
  while (at < text.size() && is(text[at])) {
    ++at;
  }
  return at;
}

/// Whether it is what is shown of a secret before its mark: what all of its kind begin with, and two characters more.
bool
is_shown_start(std::string_view text, std::span<const Rule> rules)
{
  constexpr std::size_t own = 2;
  return std::any_of(rules.begin(), rules.end(), [text](const Rule& rule) {
    return rule.prefix.starts_with(text)
           || (text.starts_with(rule.prefix) && !rule.prefix.empty() && text.size() <= rule.prefix.size() + own);
  });
}

/// Hides what was seen; of what holds marks already, the rest.
void
add_around(Hidden seen, std::string_view text, std::span<const Span> marks, std::span<const Rule> rules,
           std::vector<Hidden>& hidden)
{
  const auto first = std::lower_bound(marks.begin(), marks.end(), seen.where.begin,
                                      [](Span mark, std::size_t begin) { return mark.end <= begin; });
  if (first == marks.end() || first->begin > seen.where.end) {
    hidden.push_back(std::move(seen));
    return;
  }
  std::size_t done = seen.where.begin;
  const auto add = [&](std::size_t end, bool is_before_mark) {
    const Span piece{done, end};
    if (done < end && !(is_before_mark && is_shown_start(piece.of(text), rules))) {
      hidden.push_back({piece, mark_of(piece.of(text))});
    }
  };
  for (auto mark = first; mark != marks.end() && mark->begin <= seen.where.end; ++mark) {
    add(mark->begin, true);
    done = mark->end;
  }
  add(seen.where.end, false);
}

/// Whether it is how git names an object, whole or in short: nothing in itself.
bool
is_object_id(std::string_view token)
{
  return token.size() >= 7 && token.size() <= 64 && std::all_of(token.begin(), token.end(), is_hex);
}

/// Whether a part without separators has letters and digits mixed, as a word and a number do not. An object's id has,
/// but stands by itself; what has a prefix or suffix is none.
bool
has_mixed_part(std::string_view token)
{
  constexpr std::size_t shortest = 8;
  constexpr std::size_t longest_word = 20;
  for (std::size_t at = 0; at < token.size();) {
    const std::size_t end = end_of_run(token, at, [](char c) { return is_letter(c) || is_digit(c); });
    const std::string_view part = token.substr(at, end - at);
    const bool is_joined =
        (at > 0 && is_any_of(token[at - 1], "-_")) || (end < token.size() && is_any_of(token[end], "-_"));
    const bool is_id = is_object_id(part) && !is_joined;
    const bool is_mixed =
        std::any_of(part.begin(), part.end(), is_digit) && std::any_of(part.begin(), part.end(), is_letter);
    if (!is_id && ((part.size() >= shortest && is_mixed) || part.size() > longest_word)) {
      return true;
    }
    at = end + 1;
  }
  return false;
}

}  // namespace

bool
may_hold_credential(std::string_view text)
{
  constexpr std::string_view named[]{"pass", "pwd", "secret", "token", "key", "auth", "cred", "login", "curl", "://"};
  const std::string lower = to_lower(text);
  const bool is_named = std::any_of(std::begin(named), std::end(named), [&lower](std::string_view name) {
    const std::size_t at = lower.find(name);
    return at != std::string::npos && lower.find_first_of("=:@\"'", at + name.size()) != std::string::npos;
  });
  if (is_named) {
    return true;
  }
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = end_of_run(text, at, is_of_token);
    const std::string_view token = text.substr(at, end - at);
    constexpr std::size_t long_token = 24;
    const bool has_capital = std::any_of(token.begin(), token.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    const bool has_digit = std::any_of(token.begin(), token.end(), is_digit);
    if (has_mixed_part(token) || (token.size() >= long_token && has_capital && has_digit)) {
      return true;
    }
    at = end + 1;
  }
  return false;
}

/// The matcher, and one worker that callers take in turn: what is printed is little.
struct RuleRedactor::Loaded
{
  std::mutex mutex;
  std::optional<Matcher> matcher;
  std::optional<MatchWorker> worker;
  std::optional<PrefixFilter> prefixes;
  bool is_broken = false;
  std::size_t loads = 0;

  /// False if the rules cannot be had on this machine.
  bool
  load(std::span<const Rule> rules, std::string_view compiled)
  {
    if (worker || is_broken) {
      return worker.has_value();
    }
    ++loads;
    prefixes.emplace(rules);
    auto made = Matcher::create(rules, compiled);
    if (made) {
      matcher.emplace(*std::move(made));
      if (auto begun = MatchWorker::create(*matcher)) {
        worker.emplace(*std::move(begun));
      }
    }
    is_broken = !worker;
    return worker.has_value();
  }

  /// What is to be hidden of the text; nothing if it holds too much.
  std::optional<std::vector<Hidden>>
  secrets_of(std::string_view text, TextKind kind, std::span<const Rule> rules)
  {
    const std::vector<Span> marks = marks_in(text);
    std::optional<std::vector<Hidden>> seen = seen_in(text, kind, rules);
    if (!seen || marks.empty()) {
      return seen;
    }
    const Unmarked plain(text, marks);
    std::optional<std::vector<Hidden>> through = seen_in(plain.text(), kind, rules);
    if (!through) {
      return through;
    }
    for (Hidden& each : *through) {
      if (plain.touches_mark(each.where)) {
        seen->push_back({plain.original(each.where), std::move(each.shown)});
      }
    }
    std::vector<Hidden> hidden;
    for (Hidden& each : *seen) {
      add_around(std::move(each), text, marks, rules, hidden);
    }
    return hidden;
  }

private:
  std::optional<std::vector<Hidden>>
  seen_in(std::string_view text, TextKind kind, std::span<const Rule> rules)
  {
    std::vector<Hidden> seen;
    const Matches matches = worker->match(text);
    if (!matches.complete) {
      return std::nullopt;
    }
    const auto is_found = [&matches](const Concealed& each) {
      return std::any_of(matches.found.begin(), matches.found.end(),
                         [&each](const Match& match) { return match.secret.begin == each.secret.begin; });
    };
    for (const Concealed& each : matches.concealed) {
      const Rule& rule = rules[each.rule];
      const std::string_view secret = each.secret.of(text);
      // A rule that goes by words also sees what is masked, and paths that look like `key=value`.
      if (!is_generic(rule) || (!is_stand_in(secret) && (kind != TextKind::name || is_found(each)))) {
        seen.push_back({each.secret, credentials::redacted(rule, secret)});
      }
    }
    Guesses guesses(rules, *prefixes);
    if (kind != TextKind::name) {
      guesses.hide_fragments(text, seen);
    }
    guesses.hide_users(text, kind, seen);
    if (kind == TextKind::line) {
      guesses.hide_values(text, seen);
    }
    return seen;
  }
};

RuleRedactor::RuleRedactor(std::span<const Rule> rules, std::string_view compiled)
    : rules_(rules),
      compiled_(compiled),
      loaded_(std::make_unique<Loaded>())
{}

RuleRedactor::~RuleRedactor() = default;

std::size_t
RuleRedactor::loads() const
{
  const std::lock_guard lock(loaded_->mutex);
  return loaded_->loads;
}

std::string
RuleRedactor::redacted(std::string_view text, TextKind kind, Span& piece) const
{
  // Nothing that a rule knows is shorter, nor is a password in a URL with its scheme and host.
  constexpr std::size_t shortest = 8;
  if (text.size() < shortest || (kind == TextKind::run && !may_hold_credential(text))) {
    return std::string(text);
  }
  const auto nothing_of_it = [&piece](std::string_view instead) {
    piece = {0, instead.size()};
    return std::string(instead);
  };
  const std::lock_guard lock(loaded_->mutex);
  if (!loaded_->load(rules_, compiled_)) {
    return nothing_of_it("…(not shown: the rules that find secrets in it cannot be loaded)");
  }
  // What is hidden can lay bare what stood in its shadow.
  constexpr int most_rounds = 8;
  std::string shown(text);
  for (int round = 0; round < most_rounds; ++round) {
    const std::optional<std::vector<Hidden>> hidden = loaded_->secrets_of(shown, kind, rules_);
    if (!hidden) {
      return nothing_of_it("…(not shown: it holds too many secrets)");
    }
    if (hidden->empty()) {
      return shown;
    }
    shown = replaced(shown, *hidden, piece);
  }
  return nothing_of_it("…(not shown: it holds too many secrets)");
}

const RuleRedactor&
redactor()
{
  static const RuleRedactor all;
  return all;
}

}  // namespace sluice::credentials
