// SPDX-License-Identifier: Apache-2.0
//
// What must not be seen in a text that somebody is about to print. The rules know credentials by their form; three
// things they cannot know are hidden beside. A password in a URL is one whatever the scheme is. A token that was cut
// when a message was made is no token to its rule any more, yet nearly all of it is there: what begins like one and
// goes on like one is taken for one. And in a line of somebody's file the neighbour of what was found is often a secret
// of unknown form (`user=… pass=…`): there a random-looking value that is assigned or quoted is hidden too. Names are
// spared from that guess, since a file that cannot be named cannot be mended.
//
// Whatever is put in the place of a secret has the form `…(20 characters)`, which none of these takes for a secret
// again: a report that is read back and redacted once more stays as it is.
#include "credentials/redactor.hpp"

#include "base/span.hpp"
#include "base/text.hpp"
#include "credentials/matcher.hpp"
#include "credentials/redaction.hpp"
#include "credentials/strength.hpp"

#include <algorithm>
#include <mutex>

namespace sluice::credentials {

namespace {

/// A piece of a text and what stands in its place.
struct Hidden
{
  Span where;
  std::string shown;
};

bool
is_any_of(char c, std::string_view set)
{
  return set.find(c) != std::string_view::npos;
}

bool
is_letter(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool
is_digit(char c)
{
  return c >= '0' && c <= '9';
}

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

std::string
without_value(std::string_view value)
{
  return fmt::format("…({})", length_text(value));
}

/// What stands in the place of a secret already: `…(20 characters)`, `…(8 to 15 characters)`.
std::vector<Span>
marks_in(std::string_view text)
{
  constexpr std::string_view opening = "…(";
  constexpr std::size_t longest = 40;
  std::vector<Span> marks;
  for (std::size_t at = text.find(opening); at != std::string_view::npos; at = text.find(opening, at + 1)) {
    const std::string_view rest = text.substr(at, longest);
    const std::string_view mark = rest.substr(0, std::min(rest.find(')'), rest.size()));
    if (mark.ends_with(" character") || mark.ends_with(" characters")) {
      marks.push_back({at, at + mark.size() + 1});
    }
  }
  return marks;
}

/// Of those that rules have.
constexpr std::size_t longest_prefix = 40;

/// Whether what is seen is little more than such a mark, and what is shown before it.
bool
is_marked(Span seen, std::span<const Span> marks, std::size_t prefix = longest_prefix)
{
  constexpr std::size_t shown = 4;
  return std::any_of(marks.begin(), marks.end(), [&](Span mark) {
    return mark.begin < seen.end && seen.begin < mark.end
           && mark.begin - std::min(mark.begin, seen.begin) <= prefix + shown;
  });
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

/// The password that an authority ends in because the message was cut there, if it is no port; else empty.
Span
cut_password(std::string_view text, Span authority)
{
  constexpr std::string_view cut = "…";
  const std::size_t colon = authority.of(text).find(':');
  if (colon == std::string_view::npos || !authority.of(text).ends_with(cut)) {
    return {};
  }
  const Span password{authority.begin + colon + 1, authority.end - cut.size()};
  const bool is_port = password.begin >= password.end || end_of_run(text, password.begin, is_digit) >= password.end;
  return is_port ? Span{} : password;
}

/// The secret part of the user information that a URL's authority (after its `//`) begins with; empty if there is none.
/// A user alone is an address in most schemes, and over http nothing but a token.
Span
user_secret(std::string_view text, std::size_t authority)
{
  const auto scheme = text.substr(0, authority - 3);
  const std::size_t end = end_of_run(
      text, authority, [](char c) { return static_cast<unsigned char>(c) > ' ' && !is_any_of(c, "/?#\"'<>`"); });
  const std::size_t at = text.substr(0, end).rfind('@');
  if (at == std::string_view::npos || at < authority) {
    return cut_password(text, {authority, end});
  }
  const std::size_t colon = text.substr(0, at).find(':', authority);
  if (colon != std::string_view::npos) {
    return {colon + 1, at};
  }
  const bool is_http = scheme.ends_with("http") || scheme.ends_with("https");
  return is_http && text.substr(authority, at - authority) != "git" ? Span{authority, at} : Span{};
}

/// Whether the value is none that anybody could use: masked, or a variable.
bool
is_stand_in(std::string_view value)
{
  return value.starts_with('$') || value.starts_with("{{") || value.find("****") != std::string_view::npos
         || value.find_first_not_of('*') == std::string_view::npos;
}

void
hide_users(std::string_view text, std::span<const Span> marks, std::vector<Hidden>& hidden)
{
  for (std::size_t at = text.find("://"); at != std::string_view::npos; at = text.find("://", at + 3)) {
    const Span secret = user_secret(text, at + 3);
    if (secret.size() != 0 && !is_stand_in(secret.of(text)) && !is_marked(secret, marks)) {
      hidden.push_back({secret, without_value(secret.of(text))});
    }
  }
}

/// Whether the value looks like nothing that people name things with. In words, dates, versions and paths the kind of
/// character changes where a part begins; where a machine threw dice it changes all the time.
bool
is_random(std::string_view value)
{
  constexpr std::size_t shortest = 12;
  constexpr std::size_t fewest_changes = 4;
  const auto kind = [value](std::size_t at) {
    const char c = value[at];
    // The digits of %3A are none of the value's.
    const bool is_escape = (at >= 1 && value[at - 1] == '%') || (at >= 2 && value[at - 2] == '%');
    return is_escape ? 0 : is_digit(c) ? 1 : c >= 'a' && c <= 'z' ? 2 : is_letter(c) ? 3 : 0;
  };
  std::size_t pairs = 0;
  std::size_t changes = 0;
  for (std::size_t at = 1; at < value.size(); ++at) {
    const int before = kind(at - 1);
    const int here = kind(at);
    pairs += before != 0 && here != 0 ? 1 : 0;
    changes += before != 0 && here != 0 && before != here ? 1 : 0;
  }
  return value.size() >= shortest && changes >= fewest_changes && changes * 10 >= pairs * 3
         && std::any_of(value.begin(), value.end(), is_digit) && std::any_of(value.begin(), value.end(), is_letter);
}

/// What begins with a rule's prefix and goes on long enough to be worth something.
void
hide_fragments(std::string_view text, std::span<const Rule> rules, std::vector<Hidden>& hidden)
{
  constexpr std::size_t shortest_prefix = 4;
  for (const Rule& rule : rules) {
    if (rule.prefix.size() < shortest_prefix) {
      continue;
    }
    for (std::size_t at = text.find(rule.prefix); at != std::string_view::npos; at = text.find(rule.prefix, at + 1)) {
      const std::size_t begin = at + rule.prefix.size();
      const std::size_t end = end_of_run(text, begin, [](char c) { return is_of_token(c) && c != '/' && c != '.'; });
      if (is_random(text.substr(begin, end - begin))) {
        hidden.push_back({{at, end}, redacted(rule, text.substr(at, end - at))});
      }
    }
  }
}

/// Values that are assigned (`=` or `:`) or quoted behind an assignment.
void
hide_values(std::string_view line, std::span<const Span> marks, std::vector<Hidden>& hidden)
{
  constexpr std::string_view quotes = "\"'`";
  bool is_assigned = false;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const bool is_sign = is_any_of(line[at], "=:");
    is_assigned = is_assigned || is_sign;
    if (!is_sign && !(is_assigned && is_any_of(line[at], quotes))) {
      continue;
    }
    const std::size_t begin =
        end_of_run(line, at + 1, [&](char c) { return is_any_of(c, " \t>=:") || is_any_of(c, quotes); });
    const std::size_t end = end_of_run(line, begin, [&](char c) {
      return static_cast<unsigned char>(c) > ' ' && !is_any_of(c, quotes) && !is_any_of(c, ",;)}]>&|");
    });
    const Span value{begin, end};
    if (value.size() != 0 && !is_stand_in(value.of(line)) && !is_marked(value, marks) && is_random(value.of(line))) {
      hidden.push_back({value, without_value(value.of(line))});
    }
  }
}

/// The text with everything hidden. Of pieces that overlap the union is hidden, and the first says how it is shown.
std::string
replaced(std::string_view text, std::vector<Hidden> hidden)
{
  std::stable_sort(hidden.begin(), hidden.end(),
                   [](const Hidden& a, const Hidden& b) { return a.where.begin < b.where.begin; });
  std::string result;
  std::size_t done = 0;
  for (const Hidden& each : hidden) {
    if (each.where.begin >= done) {
      result += text.substr(done, each.where.begin - done);
      result += each.shown;
    }
    done = std::max(done, each.where.end);
  }
  return result += text.substr(done);
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
RuleRedactor::redacted(std::string_view text, TextKind kind) const
{
  // Nothing that a rule knows is shorter, nor is a password in a URL with its scheme and host.
  constexpr std::size_t shortest = 8;
  if (text.size() < shortest || (kind == TextKind::run && !may_hold_credential(text))) {
    return std::string(text);
  }
  std::vector<Hidden> hidden;
  const std::vector<Span> marks = marks_in(text);
  {
    const std::lock_guard lock(loaded_->mutex);
    if (!loaded_->load(rules_, compiled_)) {
      return "…(not shown: the rules that find secrets in it cannot be loaded)";
    }
    const Matches matches = loaded_->worker->match(text);
    if (!matches.complete) {
      return "…(not shown: it holds too many secrets)";
    }
    const auto is_found = [&matches](const Concealed& each) {
      return std::any_of(matches.found.begin(), matches.found.end(),
                         [&each](const Match& match) { return match.secret.begin == each.secret.begin; });
    };
    for (const Concealed& each : matches.concealed) {
      const Rule& rule = rules_[each.rule];
      const std::string_view secret = each.secret.of(text);
      // A rule that goes by words also sees what is masked, and paths that look like `key=value`.
      const bool is_meant = !is_generic(rule) || (!is_stand_in(secret) && (kind != TextKind::name || is_found(each)));
      if (is_meant && !is_marked(each.secret, marks, rule.prefix.size())) {
        hidden.push_back({each.secret, credentials::redacted(rule, secret)});
      }
    }
  }
  if (kind != TextKind::name) {
    hide_fragments(text, rules_, hidden);
  }
  hide_users(text, marks, hidden);
  if (kind == TextKind::line) {
    hide_values(text, marks, hidden);
  }
  return hidden.empty() ? std::string(text) : replaced(text, std::move(hidden));
}

const RuleRedactor&
redactor()
{
  static const RuleRedactor all;
  return all;
}

}  // namespace sluice::credentials
