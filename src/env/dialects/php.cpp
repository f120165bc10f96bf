// SPDX-License-Identifier: Apache-2.0
//
// phpdotenv 5.6 (Laravel), src/Parser and src/Loader. A line with `="` and too few quotes goes on over the next ones;
// what never ends is dropped. `export` counts if it and the name are longer than eight characters. Only `${NAME}` is a
// reference, to what stands above in the file, and the last one of a value is replaced first.
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "env/decoding.hpp"
#include "env/dialect.hpp"
#include "env/entries.hpp"
#include "env/php_value.hpp"
#include "env/spaces.hpp"

#include <algorithm>

namespace sluice::env {

extern const Dialect dialect_php;

namespace {

/// What PHP's trim() takes.
constexpr std::string_view trimmed_characters{" \n\r\t\0\x0B", 6};

Span
trimmed(std::string_view text, Span span)
{
  const std::string_view inside = span.of(text);
  const std::size_t first = inside.find_first_not_of(trimmed_characters);
  if (first == std::string_view::npos) {
    return {span.end, span.end};
  }
  return {span.begin + first, span.begin + inside.find_last_not_of(trimmed_characters) + 1};
}

/// Double quotes with something other than a backslash in front, pairs of backslashes not counted.
std::size_t
bare_quotes(std::string_view line)
{
  std::size_t count = 0;
  char before = '\\';
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line.substr(i).starts_with("\\\\")) {
      ++i;
      continue;
    }
    count += line[i] == '"' && before != '\\' ? 1 : 0;
    before = line[i];
  }
  return count;
}

bool
begins_lines(std::string_view line)
{
  return line.find("=\"") != std::string_view::npos && bare_quotes(line) < 2;
}

bool
ends_lines(std::string_view line)
{
  return line == "\"" || bare_quotes(line) > 0;
}

Span
line_from(std::string_view text, std::size_t at)
{
  return {at, find_line_end(text, at)};
}

/// The statement that begins with the line at `at`: that line, or all up to the one that ends it. One that never ends
/// is nothing.
std::optional<Span>
statement_from(std::string_view text, std::size_t at)
{
  Span line = line_from(text, at);
  if (!begins_lines(line.of(text))) {
    return line;
  }
  Span statement = line;
  while (line.end < text.size()) {
    line = line_from(text, line.end + line_end_at(text, line.end));
    if (ends_lines(line.of(text))) {
      statement.end = line.end;
      return statement;
    }
  }
  return std::nullopt;
}

std::size_t
characters(std::string_view text)
{
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// Where the name is, without `export` and quotes.
Span
name_of(std::string_view text, Span span)
{
  constexpr std::string_view word = "export";
  constexpr std::size_t longest_passed_over = 8;
  const std::string_view all = span.of(text);
  if (all.starts_with(word) && characters(all) > longest_passed_over && space_at(all, word.size(), Spaces::ascii) > 0) {
    span.begin = std::min(skip_spaces(text, span.begin + word.size(), Spaces::ascii), span.end);
  }
  const std::string_view name = span.of(text);
  const bool has_quotes = characters(name) > 2 && name.front() == name.back() && is_any_of(name.front(), "'\"");
  return has_quotes ? Span{span.begin + 1, span.end - 1} : span;
}

bool
is_name(std::string_view name)
{
  const bool is_empty = name.empty();
  while (!name.empty()) {
    const DecodedCharacter decoded = decode_utf8(name);
    const CharacterClass kind = decoded.character ? class_of(*decoded.character) : CharacterClass::other;
    const bool is_sign = name.front() == '_' || name.front() == '.';
    if (!is_sign && (kind == CharacterClass::other || kind == CharacterClass::other_letter)) {
      return false;
    }
    name.remove_prefix(decoded.length);
  }
  return !is_empty;
}

/// The statement's entry, with its value. False if it is refused.
bool
read_statement(std::string_view text, Span statement, Entries& entries, Refusal& refusal)
{
  const std::size_t sign = std::min(text.find('=', statement.begin), statement.end);
  const bool has_value = sign < statement.end;
  const Span left = has_value ? trimmed(text, {statement.begin, sign}) : statement;
  const Span name = name_of(text, left);
  if (!is_name(name.of(text))) {
    refusal = {line_of(text, statement.begin), "a line has no name, or one with a character that names do not have"};
    return false;
  }
  Entry entry{.key = std::string(name.of(text)), .key_at = name, .value_at = {name.end, name.end}};
  if (!has_value) {
    entries.add(std::move(entry));
    return true;
  }
  entry.value_at = trimmed(text, {sign + 1, statement.end});
  Expansion expansion = read_php_value(with_line_feeds(with_replacements(entry.value_at.of(text), "?")), entries);
  return entries.add(std::move(entry), std::move(expansion), text, refusal);
}

Reading
read(std::string_view text, const Environment& outer)
{
  Entries entries(outer);
  Refusal refusal;
  std::size_t at = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  while (at < text.size()) {
    const auto statement = statement_from(text, at);
    if (!statement) {
      break;
    }
    const Span content = trimmed(text, *statement);
    const bool is_passed_over = content.size() == 0 || text[content.begin] == '#';
    if (!is_passed_over && !read_statement(text, *statement, entries, refusal)) {
      return {{}, refusal};
    }
    at = statement->end + line_end_at(text, statement->end);
  }
  return std::move(entries).take();
}

}  // namespace

const Dialect dialect_php{.id = "php", .title = "phpdotenv (Laravel)", .read = read};

}  // namespace sluice::env
