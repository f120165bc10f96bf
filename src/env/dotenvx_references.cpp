// SPDX-License-Identifier: Apache-2.0
#include "env/dotenvx_references.hpp"

#include "base/text.hpp"
#include "env/shell_name.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace sluice::env {

namespace {

/// Of scanning and moving, in bytes. What the program itself would not end with, or only after hours, ends here.
constexpr std::size_t least_work = std::size_t{1} << 24U;
constexpr std::size_t work_per_byte = 16;
constexpr std::size_t failed_commands_tried = 100;

/// Behind the bracket that closes the command whose `$(` ends at `at`; npos if none does. `open` has for each bracket
/// that is open the quote that is open inside.
std::size_t
command_end(std::string_view text, std::size_t at)
{
  std::vector<char> open{'\0'};
  while (at < text.size()) {
    const char c = text[at];
    char& quote = open.back();
    const bool begins_command = c == '$' && text.substr(at).starts_with("$(") && quote != '\'';
    if (c == '\\' && quote != '\'') {
      at += 2;
    } else if (quote != '\0' && c == quote) {
      quote = '\0';
      ++at;
    } else if (quote != '\0' ? begins_command : c == '(') {
      open.push_back('\0');
      at += begins_command ? 2 : 1;
    } else if (quote == '\0' && c == ')') {
      open.pop_back();
      ++at;
      if (open.empty()) {
        return at;
      }
    } else {
      quote = quote == '\0' && is_any_of(c, "'\"`") ? c : quote;
      ++at;
    }
  }
  return std::string_view::npos;
}

/// What `$$`, `$&`, `` $` `` and `$'` mean in the replacement of String.prototype.replace, which dotenvx calls.
std::string
as_replacement(std::string_view pattern, std::string_view text, Span match)
{
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char next = pattern[i] == '$' && i + 1 < pattern.size() ? pattern[i + 1] : '\0';
    const std::size_t special = std::string_view("$&`'").find(next);
    if (next == '\0' || special == std::string_view::npos) {
      out += pattern[i];
      continue;
    }
    const std::array<std::string_view, 4> meant{"$", match.of(text), text.substr(0, match.begin),
                                                text.substr(match.end)};
    out += meant.at(special);
    ++i;
  }
  return out;
}

/// Whether the value holds what looks like a reference, with a backslash in front or not.
bool
looks_like_reference(std::string_view value)
{
  for (std::size_t at = value.find('$'); at < value.size(); at = value.find('$', at + 1)) {
    const std::string_view rest = value.substr(at + 1);
    const std::size_t close = rest.starts_with('{') ? rest.find('}') : std::string_view::npos;
    if ((!rest.empty() && begins_name(rest.front())) || (close != std::string_view::npos && close > 1)) {
      return true;
    }
  }
  return false;
}

}  // namespace

/// A reference: its name, and what stands behind an operator, `:+`, `+`, `:-` or `-`.
struct DotenvxReferences::Match
{
  Span at;
  std::string_view name, sign, word;
};

/// A variable as references see it.
struct DotenvxReferences::Found
{
  const std::string* value = nullptr;  ///< null if there is none, or only running something gives it
  bool executes = false;
};

namespace {

/// The end of `${…}` whose brace is at `at`, with no other brace inside; npos if there is none.
std::size_t
brace_end(std::string_view text, std::size_t at)
{
  const std::size_t brace = text.find_first_of("{}", at + 1);
  const bool closes = brace != std::string_view::npos && text[brace] == '}' && brace > at + 1;
  return closes ? brace + 1 : std::string_view::npos;
}

/// Where the first reference without a backslash in front is; empty if there is none.
Span
find_reference(std::string_view text)
{
  for (std::size_t at = text.find('$'); at < text.size(); at = text.find('$', at + 1)) {
    if ((at > 0 && text[at - 1] == '\\') || at + 1 == text.size()) {
      continue;
    }
    const std::size_t end = text[at + 1] == '{'         ? brace_end(text, at + 1)
                            : begins_name(text[at + 1]) ? end_of_name(text, at + 1)
                                                        : std::string_view::npos;
    if (end != std::string_view::npos) {
      return {at, end};
    }
  }
  return {};
}

/// The first place of `:+`, `+`, `:-` or `-`; the end if there is none.
Span
find_sign(std::string_view text)
{
  const std::size_t sign = text.find_first_of("+-");
  if (sign == std::string_view::npos) {
    return {text.size(), text.size()};
  }
  return {sign > 0 && text[sign - 1] == ':' ? sign - 1 : sign, sign + 1};
}

}  // namespace

bool
has_command(std::string_view value)
{
  std::size_t tried = 0;
  for (std::size_t at = value.find("$("); at != std::string_view::npos; at = value.find("$(", at + 2)) {
    // One after the other is open to the end: what the program does about a hundred of them nobody needs to know.
    if (command_end(value, at + 2) != std::string_view::npos || ++tried > failed_commands_tried) {
      return true;
    }
  }
  return false;
}

DotenvxReferences::DotenvxReferences(const Entries& entries, std::size_t file_size)
    : entries_(entries),
      work_left_(std::max(least_work, file_size * work_per_byte))
{}

void
DotenvxReferences::note_literal(const std::string& key, std::string_view value)
{
  if (looks_like_reference(value)) {
    literals_.insert(key);
  } else {
    literals_.erase(key);
  }
}

DotenvxReferences::Found
DotenvxReferences::look_up(std::string_view name) const
{
  if (const std::string* outside = entries_.outside(name)) {
    return {.value = outside};
  }
  const Entry* entry = entries_.in_file(name);
  if (entry == nullptr) {
    return {};
  }
  return {.value = entry->value ? &*entry->value : nullptr, .executes = entry->executes};
}

std::string
DotenvxReferences::replacement_of(const Match& match, const Found& found) const
{
  const std::string value = found.value == nullptr ? std::string() : *found.value;
  const bool is_set = match.sign.starts_with(':') ? !value.empty() : found.value != nullptr;
  if (match.sign.ends_with('+')) {
    return is_set ? std::string(match.word) : std::string();
  }
  return match.sign.empty() || is_set ? value : std::string(match.word);
}

Expansion
DotenvxReferences::expand(std::string value)
{
  Expansion expansion;
  for (Span at = find_reference(value); at.size() > 0; at = find_reference(value)) {
    const std::string matched(at.of(value));
    std::string_view inside = std::string_view(matched).substr(1);
    inside = inside.starts_with('{') ? inside.substr(1, inside.size() - 2) : inside;
    const Span sign = find_sign(inside);
    const Match match{at, inside.substr(0, sign.begin), sign.of(inside), inside.substr(sign.end)};
    const Found found = look_up(match.name);
    expansion.expands = true;
    if (found.executes) {
      expansion.executes = true;
      return expansion;
    }
    // The first text that reads the same is replaced, which may be one behind a backslash.
    const std::size_t first = value.find(matched);
    const std::string made = as_replacement(replacement_of(match, found), value, {first, first + matched.size()});
    value.replace(first, matched.size(), made);
    const std::size_t work = value.size() + made.size() + 1;
    if (value.size() > max_value_bytes || work > work_left_) {
      expansion.refusal = value.size() > max_value_bytes ? too_large : "the references of a value never end";
      return expansion;
    }
    work_left_ -= work;
    if ((found.value != nullptr && value == *found.value) || literals_.contains(match.name)) {
      break;
    }
  }
  expansion.value = std::move(value);
  return expansion;
}

}  // namespace sluice::env
