// SPDX-License-Identifier: Apache-2.0
#include "env/javascript_lines.hpp"

#include "base/text.hpp"
#include "env/last_quoted.hpp"
#include "env/spaces.hpp"

#include <algorithm>

namespace sluice::env {

namespace {

constexpr std::string_view quotes = "'\"`";
constexpr std::string_view line_separator = "\xE2\x80\xA8";
constexpr std::string_view paragraph_separator = "\xE2\x80\xA9";

std::size_t
skip(std::string_view text, std::size_t at)
{
  return skip_spaces(text, at, Spaces::javascript);
}

bool
ends_line(std::string_view text, std::size_t at)
{
  const std::string_view rest = text.substr(at);
  return rest.empty() || rest.front() == '\n' || rest.front() == '\r' || rest.starts_with(line_separator)
         || rest.starts_with(paragraph_separator);
}

std::size_t
rest_of_line(std::string_view text, std::size_t at)
{
  while (!ends_line(text, at)) {
    ++at;
  }
  return at;
}

std::size_t
key_end(std::string_view text, std::size_t at)
{
  while (at < text.size() && (is_letter(text[at]) || is_digit(text[at]) || is_any_of(text[at], "_.-"))) {
    ++at;
  }
  return at;
}

/// Where the key begins that `export` at `at` is for; `at` if it is no such word.
std::size_t
behind_export(std::string_view text, std::size_t at)
{
  constexpr std::string_view word = "export";
  if (!text.substr(at).starts_with(word)) {
    return at;
  }
  const std::size_t key = skip(text, at + word.size());
  return key > at + word.size() && key_end(text, key) > key ? key : at;
}

/// Behind the separator that follows the key; nothing if none does.
std::optional<std::size_t>
behind_separator(std::string_view text, std::size_t at)
{
  const std::size_t sign = skip(text, at);
  if (sign < text.size() && text[sign] == '=') {
    return sign + 1;
  }
  const std::size_t space = at < text.size() && text[at] == ':' ? space_at(text, at + 1, Spaces::javascript) : 0;
  // A CR LF is one LF by the time that the program looks at it.
  return space == 0 ? std::nullopt : std::optional(at + 1 + std::max(space, line_end_at(text, at + 1)));
}

/// Whether only space and a comment follow on the line.
bool
is_last_on_line(std::string_view text, std::size_t at)
{
  while (!ends_line(text, at)) {
    const std::size_t space = space_at(text, at, Spaces::javascript);
    if (space == 0) {
      return text[at] == '#';
    }
    at += space;
  }
  return true;
}

/// The text in quotes that begins at `at`; nothing if none does.
std::optional<Span>
quoted(std::string_view text, std::size_t at)
{
  const bool opens = at < text.size() && is_any_of(text[at], quotes);
  return opens ? last_quoted(text, at, is_last_on_line) : std::nullopt;
}

/// The value behind a separator that ends at `at`, which moves to the end of its line.
Span
value_from(std::string_view text, std::size_t& at)
{
  const std::optional<Span> in_quotes = quoted(text, skip(text, at));
  const Span span = in_quotes ? *in_quotes : Span{at, std::min(text.find_first_of("#\r\n", at), text.size())};
  at = rest_of_line(text, span.end);
  return trimmed(text, span, Spaces::javascript);
}

}  // namespace

std::optional<JavaScriptAssignment>
next_assignment(std::string_view text, std::size_t& at)
{
  while ((at = skip(text, at)) < text.size()) {
    const std::size_t key = behind_export(text, at);
    const std::size_t end = key_end(text, key);
    const auto value = end > key ? behind_separator(text, end) : std::nullopt;
    if (value) {
      at = *value;
      return JavaScriptAssignment{{key, end}, value_from(text, at)};
    }
    at = rest_of_line(text, at);
  }
  return std::nullopt;
}

std::string
without_quotes(std::string_view value)
{
  std::string out;
  std::size_t at = 0;
  while (at < value.size()) {
    const char first = value[at];
    std::size_t last = is_any_of(first, quotes) ? value.rfind(first) : at;
    while (last > at && last != std::string_view::npos && !ends_line(value, last + 1)) {
      last = value.rfind(first, last - 1);
    }
    const bool has_quotes = last != std::string_view::npos && last > at;
    const std::size_t end = has_quotes ? last : rest_of_line(value, at);
    out += value.substr(at + (has_quotes ? 1 : 0), end - at - (has_quotes ? 1 : 0));
    at = end + (has_quotes ? 1 : 0);
    const std::size_t separator = at < value.size() ? (value[at] == '\n' ? 1 : line_separator.size()) : 0;
    out += value.substr(at, separator);
    at += separator;
  }
  return out;
}

}  // namespace sluice::env
