// SPDX-License-Identifier: Apache-2.0
//
// Node.js 20.20, src/node_dotenv.cc: `node --env-file` and util.parseEnv(). Every CR is left out first. The key is all
// up to the next `=`, on whatever line that stands; only the space is white space; a `#` ends an unquoted value
// wherever it is; between quotes nothing escapes the quote.
#include "base/text.hpp"
#include "env/decoding.hpp"
#include "env/dialect.hpp"
#include "env/entries.hpp"
#include "env/narrowed_text.hpp"

#include <algorithm>

namespace sluice::env {

extern const Dialect dialect_node;

namespace {

/// Node's trimming of spaces. Of nothing but spaces it leaves the character in front of them, for it moves the
/// beginning by npos.
Span
trimmed(std::string_view text, Span span)
{
  const std::string_view inside = span.of(text);
  const std::size_t first = inside.find_first_not_of(' ');
  if (first != std::string_view::npos) {
    return {span.begin + first, span.begin + inside.find_last_not_of(' ') + 1};
  }
  const bool has_one_in_front = span.size() > 0 && span.begin > 0 && text[span.begin - 1] != ' ';
  return {span.begin - (has_one_in_front ? 1 : 0), span.begin};
}

Span
without_export(std::string_view text, Span key)
{
  constexpr std::string_view word = "export ";
  key.begin += key.of(text).starts_with(word) ? word.size() : 0;
  return key;
}

struct Value
{
  Span at;
  std::string value;
  std::size_t end = 0;
};

/// The value that begins with a quote at `at`; nothing if neither the quote nor its line ends, and Node then takes it
/// for a key.
std::optional<Value>
quoted_from(std::string_view text, std::size_t at)
{
  const std::size_t close = text.find(text[at], at + 1);
  const std::size_t line = text.find('\n', close == std::string_view::npos ? at : close + 1);
  const std::size_t end = std::min(line, text.size());
  if (close != std::string_view::npos) {
    const std::string_view inside = text.substr(at + 1, close - at - 1);
    return Value{{at, close + 1}, text[at] == '"' ? replace_all(inside, "\\n", "\n") : std::string(inside), end};
  }
  return line == std::string_view::npos
             ? std::nullopt
             : std::optional(Value{{at, line}, std::string(text.substr(at, line - at)), line});
}

Value
bare_from(std::string_view text, std::size_t at)
{
  const std::size_t end = std::min(text.find('\n', at), text.size());
  const std::size_t hash = std::min(text.find('#', at), end);
  const Span value = hash == at ? Span{at, at} : trimmed(text, {at, hash});
  return {value, std::string(value.of(text)), end};
}

/// The value behind the sign that ends at `at`.
std::optional<Value>
value_from(std::string_view text, std::size_t at)
{
  at = std::min(text.find_first_not_of(' ', at), text.size());
  return at < text.size() && is_any_of(text[at], "'\"`") ? quoted_from(text, at) : bare_from(text, at);
}

/// Behind empty lines and comments that begin their line. A comment without a line end is none.
std::size_t
statement_from(std::string_view text, std::size_t at)
{
  while (at < text.size() && is_any_of(text[at], "\n#")) {
    const std::size_t line = text.find('\n', at);
    if (line == std::string_view::npos) {
      break;
    }
    at = line + 1;
  }
  return at;
}

Reading
read(std::string_view whole, const Environment& outer)
{
  const NarrowedText narrowed = NarrowedText::without(whole, '\r');
  std::string_view text = narrowed.text();
  text = text.substr(0, text.find_last_not_of(' ') + 1);
  Entries entries(outer);
  std::size_t at = std::min(text.find_first_not_of(' '), text.size());
  for (at = statement_from(text, at); at < text.size(); at = statement_from(text, at)) {
    const std::size_t sign = text.find('=', at);
    Span key = trimmed(text, {at, std::min(sign, text.size())});
    if (sign == std::string_view::npos || key.size() == 0) {
      break;
    }
    key = without_export(text, key);
    auto value = value_from(text, sign + 1);
    at = value ? value->end : std::min(text.find_first_not_of(' ', sign + 1), text.size());
    if (value) {
      entries.add({.key = with_replacements(key.of(text)),
                   .value = with_replacements(value->value),
                   .key_at = narrowed.original(key),
                   .value_at = narrowed.original(value->at)});
    }
  }
  return std::move(entries).take();
}

}  // namespace

const Dialect dialect_node{.id = "node", .title = "node --env-file", .read = read};

}  // namespace sluice::env
