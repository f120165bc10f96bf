// SPDX-License-Identifier: Apache-2.0
//
// Ruby's dotenv 3.2, lib/dotenv/parser.rb: a regular expression like motdotla/dotenv's, with names of [\w.], no quotes
// but two, and a separator that may be missing. A backslash goes before references are looked for, unless a dollar sign
// follows. `$(…)` runs. What the environment has stays as it is there.
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "env/bare_references.hpp"
#include "env/decoding.hpp"
#include "env/dialect.hpp"
#include "env/entries.hpp"
#include "env/last_quoted.hpp"
#include "env/ruby_commands.hpp"
#include "env/spaces.hpp"

#include <algorithm>

namespace sluice::env {

extern const Dialect dialect_ruby;

namespace {

constexpr BareStyle style{};
constexpr std::string_view mode_key = "DOTENV_LINEBREAK_MODE";

std::size_t
skip(std::string_view text, std::size_t at)
{
  return skip_spaces(text, at, Spaces::ascii);
}

std::size_t
key_end(std::string_view text, std::size_t at)
{
  while (at < text.size() && (is_letter(text[at]) || is_digit(text[at]) || is_any_of(text[at], "_."))) {
    ++at;
  }
  return at;
}

struct Line
{
  enum class Word { none, exported };
  Word word = Word::none;
  Span key = {};
  std::optional<Span> value = {};
  std::size_t end = 0;
};

bool
is_last_on_line(std::string_view text, std::size_t at)
{
  const std::size_t next = skip(text, at);
  return next == text.size() || text[next] == '#' || find_line_end(text.substr(0, next), at) < next;
}

/// The text in quotes that begins at `at`; nothing if none does.
std::optional<Span>
quoted(std::string_view text, std::size_t at)
{
  const bool opens = at < text.size() && is_any_of(text[at], "'\"");
  return opens ? last_quoted(text, at, is_last_on_line) : std::nullopt;
}

/// Behind the separator of the key that ends at `at`; nothing if it has none.
std::optional<std::size_t>
behind_separator(std::string_view text, std::size_t at)
{
  const std::size_t sign = skip(text, at);
  if (sign < text.size() && text[sign] == '=') {
    return sign + 1;
  }
  const bool is_colon = at < text.size() && text[at] == ':' && space_at(text, at + 1, Spaces::ascii) > 0;
  return is_colon ? std::optional(at + 1 + std::max<std::size_t>(1, line_end_at(text, at + 1))) : std::nullopt;
}

/// What the expression makes of the key at `at`; nothing if it does not match there.
std::optional<Line>
line_with_key(std::string_view text, std::size_t at, Line::Word word)
{
  Line line{.word = word, .key = {at, key_end(text, at)}};
  if (line.key.size() == 0) {
    return std::nullopt;
  }
  const auto value = behind_separator(text, line.key.end);
  if (!value) {
    line.end = line.key.end;
    return is_last_on_line(text, line.end) ? std::optional(line) : std::nullopt;
  }
  line.value = quoted(text, skip(text, *value));
  if (!line.value) {
    const Span rest{*value, std::min(text.find_first_of("#\r\n", *value), text.size())};
    line.value = rest.size() > 0 ? std::optional(rest) : std::nullopt;
    line.end = rest.end;
  }
  line.end = line.value ? line.value->end : line.end;
  return line;
}

std::optional<Line>
line_at(std::string_view text, std::size_t at)
{
  constexpr std::string_view word = "export";
  if (text.substr(at).starts_with(word)) {
    const std::size_t key = skip(text, at + word.size());
    const auto line = key > at + word.size() ? line_with_key(text, key, Line::Word::exported) : std::nullopt;
    if (line) {
      return line;
    }
  }
  return line_with_key(text, at, Line::Word::none);
}

/// Without the space that String#strip takes, NUL being some.
Span
stripped(std::string_view text, Span span)
{
  const auto is_space = [](char c) { return c == '\0' || c == ' ' || (c >= '\t' && c <= '\r'); };
  while (span.size() > 0 && is_space(text[span.begin])) {
    ++span.begin;
  }
  while (span.size() > 0 && is_space(text[span.end - 1])) {
    --span.end;
  }
  return span;
}

bool
is_legacy(const Entries& entries)
{
  const Entry* entry = entries.in_file(mode_key);
  const std::string* outside = entries.outside(mode_key);
  return entry != nullptr ? entry->value == "legacy" : outside != nullptr && *outside == "legacy";
}

std::string
unescaped(std::string_view value)
{
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const bool is_escape = value[i] == '\\' && i + 1 < value.size() && value[i + 1] != '$';
    i += is_escape ? 1 : 0;
    out += value[i];
  }
  return out;
}

/// Between double quotes `\n` and `\r` keep their backslash, or in the legacy mode are line ends.
std::string
with_newlines(const std::string& value, const Entries& entries)
{
  const bool legacy = is_legacy(entries);
  return replace_all(replace_all(value, "\\n", legacy ? "\n" : "\\\\n"), "\\r", legacy ? "\r" : "\\\\r");
}

Expansion
value_of(std::string_view raw, const Entries& entries)
{
  const char quote = raw.size() > 1 && raw.front() == raw.back() && is_any_of(raw.front(), "'\"") ? raw.front() : '\0';
  std::string value = with_line_feeds(quote == '\0' ? raw : raw.substr(1, raw.size() - 2));
  if (quote == '\'') {
    return {std::move(value)};
  }
  value = unescaped(quote == '"' ? with_newlines(value, entries) : value);
  const RubyCommands commands = find_ruby_commands(value);
  if (commands.run_some) {
    return {.value = {}, .executes = true};
  }
  return expand_bare(commands.without_backslashes, style, entries);
}

/// The value that the line gives its key; nothing if Ruby refuses the file for it.
std::optional<Expansion>
value_of(std::string_view text, const Line& line, const Entry& entry, const Entries& entries)
{
  const std::string* outside = entry.key == mode_key ? nullptr : entries.outside(entry.key);
  if (outside != nullptr) {
    return Expansion{*outside};
  }
  if (line.word == Line::Word::exported && !line.value) {
    const Entry* known = entries.in_file(entry.key);
    return known == nullptr ? std::nullopt : std::optional(Expansion{known->value.value_or(""), known->executes});
  }
  return value_of(entry.value_at.of(text), entries);
}

Reading
read(std::string_view text, const Environment& outer)
{
  if (!is_utf8(text)) {
    return refused(text, 0, "it is not UTF-8");
  }
  Entries entries(outer);
  Refusal refusal;
  std::size_t at = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  while ((at = skip(text, at)) < text.size()) {
    const auto line = line_at(text, at);
    if (!line) {
      at = find_line_end(text, at);
      continue;
    }
    at = find_line_end(text, line->end);
    Entry entry{.key = std::string(line->key.of(text)), .key_at = line->key};
    entry.value_at = stripped(text, line->value.value_or(Span{line->key.end, line->key.end}));
    auto expansion = value_of(text, *line, entry, entries);
    if (!expansion) {
      return refused(text, line->key.begin, "export names a variable that is not set");
    }
    if (!entries.add(std::move(entry), std::move(*expansion), text, refusal)) {
      return {{}, refusal};
    }
  }
  return std::move(entries).take();
}

}  // namespace

const Dialect dialect_ruby{.id = "ruby", .title = "dotenv for Ruby", .read = read};

}  // namespace sluice::env
