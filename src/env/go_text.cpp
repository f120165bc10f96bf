// SPDX-License-Identifier: Apache-2.0
#include "env/go_text.hpp"

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "env/spaces.hpp"

#include <algorithm>

namespace sluice::env {

namespace {

constexpr std::string_view next_line = "\xC2\x85";
constexpr std::string_view no_break_space = "\xC2\xA0";

std::size_t
blank_at(std::string_view text, std::size_t at)
{
  const std::string_view rest = text.substr(at);
  if (rest.starts_with(next_line) || rest.starts_with(no_break_space)) {
    return next_line.size();
  }
  return !rest.empty() && is_any_of(rest.front(), "\t\v\f\r ") ? 1 : 0;
}

}  // namespace

std::size_t
skip_go_blanks(std::string_view text, std::size_t at)
{
  while (const std::size_t length = blank_at(text, at)) {
    at += length;
  }
  return at;
}

bool
ends_with_go_blank(std::string_view text)
{
  return (!text.empty() && is_any_of(text.back(), "\t\v\f\r ")) || text.ends_with(next_line)
         || text.ends_with(no_break_space);
}

Span
trimmed_go_blanks(std::string_view text, Span span)
{
  span.begin = std::min(skip_go_blanks(text.substr(0, span.end), span.begin), span.end);
  while (ends_with_go_blank(span.of(text))) {
    span.end -= is_any_of(text[span.end - 1], "\t\v\f\r ") ? 1 : next_line.size();
  }
  return span;
}

std::size_t
behind_go_comments(std::string_view text, std::size_t at)
{
  at = skip_spaces(text, at, Spaces::go);
  while (at < text.size() && text[at] == '#') {
    at = skip_spaces(text, std::min(text.find('\n', at), text.size()), Spaces::go);
  }
  return at;
}

std::size_t
behind_go_export(std::string_view text, std::size_t at, GoExport form)
{
  constexpr std::string_view word = "export";
  if (!text.substr(at).starts_with(word)) {
    return at;
  }
  const std::size_t end = at + word.size();
  const bool counts =
      form == GoExport::with_space ? blank_at(text, end) > 0 : end < text.size() && is_any_of(text[end], " \t\n\f\r");
  return counts ? skip_go_blanks(text, end) : at;
}

std::string
as_go_runes(std::string_view text)
{
  std::string out;
  while (!text.empty()) {
    const DecodedCharacter decoded = decode_utf8(text);
    append_utf8(out, decoded.character.value_or(U'\uFFFD'));
    text.remove_prefix(decoded.length);
  }
  return out;
}

}  // namespace sluice::env
