// SPDX-License-Identifier: Apache-2.0
//
// python-dotenv 1.2.4: parser.py, variables.py, main.py. A line that does not fit is dropped with a warning from where
// it stopped to fit. Only `${NAME}` and `${NAME:-default}` are references, between single quotes too, and a default is
// for what is not set, never for what is empty. The file comes before the environment.
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "env/decoding.hpp"
#include "env/dialect.hpp"
#include "env/entries.hpp"
#include "env/spaces.hpp"

#include <algorithm>

namespace sluice::env {

extern const Dialect dialect_python;

namespace {

/// Behind white space that ends no line.
std::size_t
skip_blanks(std::string_view text, std::size_t at)
{
  while (line_end_at(text, at) == 0) {
    const std::size_t length = space_at(text, at, Spaces::python);
    if (length == 0) {
      break;
    }
    at += length;
  }
  return at;
}

bool
has(std::string_view text, std::size_t at, char c)
{
  return at < text.size() && text[at] == c;
}

/// The quote that ends the text that begins at `at`; npos if none does. A backslash takes what follows with it.
std::size_t
closing_quote(std::string_view text, std::size_t at)
{
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == text[at]) {
      return i;
    }
    i += text[i] == '\\' ? 1 : 0;
  }
  return std::string_view::npos;
}

std::string
unescaped(std::string_view text, char quote)
{
  constexpr std::string_view letters = "\\'\"abfnrtv";
  constexpr std::string_view meant = "\\'\"\a\b\f\n\r\t\v";
  const std::size_t known_letters = quote == '"' ? letters.size() : 2;
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t known =
        text[i] == '\\' && i + 1 < text.size() ? letters.find(text[i + 1]) : std::string_view::npos;
    const bool is_escape = known < known_letters;
    out += is_escape ? meant[known] : text[i];
    i += is_escape ? 1 : 0;
  }
  return out;
}

/// Where the references of a value can end: the places of `}` and `:` that come next, each looked for once.
class Ends
{
public:
  explicit Ends(std::string_view value)
      : value_(value)
  {}

  /// The first of the character from `at` on, where `at` never goes back; npos if there is none.
  std::size_t
  next(char c, std::size_t at)
  {
    std::size_t& known = c == '}' ? brace_ : colon_;
    if (known != std::string_view::npos && known < at) {
      known = value_.find(c, at);
    }
    return known;
  }

private:
  std::string_view value_;
  std::size_t brace_ = value_.find('}');
  std::size_t colon_ = value_.find(':');
};

struct Reference
{
  std::string_view name, otherwise;
  std::size_t end = 0;
};

/// The reference whose `${` is at `at`; nothing if it is none.
std::optional<Reference>
reference_at(std::string_view value, std::size_t at, Ends& ends)
{
  const std::size_t begin = at + 2;
  const std::size_t brace = ends.next('}', begin);
  const std::size_t colon = ends.next(':', begin);
  if (brace == std::string_view::npos) {
    return std::nullopt;
  }
  if (brace < colon) {
    return Reference{value.substr(begin, brace - begin), {}, brace + 1};
  }
  const bool has_default = value.substr(colon).starts_with(":-");
  return has_default
             ? std::optional(Reference{value.substr(begin, colon - begin),
                                       value.substr(colon + 2, std::max(brace, colon + 2) - colon - 2), brace + 1})
             : std::nullopt;
}

void
append_value(const Reference& reference, const Entries& entries, std::string& out)
{
  if (const Entry* entry = entries.in_file(reference.name)) {
    out += entry->value.value_or("");
    return;
  }
  const std::string* outside = entries.outside(reference.name);
  out += outside == nullptr ? reference.otherwise : std::string_view(*outside);
}

Expansion
expand(std::string_view value, const Entries& entries)
{
  Expansion expansion;
  Ends ends(value);
  std::size_t from = 0;
  for (std::size_t at = value.find("${"); at != std::string_view::npos; at = value.find("${", at)) {
    const auto reference = reference_at(value, at, ends);
    if (!reference) {
      at += 2;
      continue;
    }
    expansion.expands = true;
    expansion.value += value.substr(from, at - from);
    append_value(*reference, entries, expansion.value);
    if (expansion.value.size() > max_value_bytes + value.size()) {
      expansion.refusal = too_large;
      return expansion;
    }
    from = at = reference->end;
  }
  expansion.value += value.substr(from);
  return expansion;
}

/// The value that an unquoted text has: what is before white space and a `#`.
Span
before_comment(std::string_view text, Span line)
{
  for (std::size_t hash = text.find('#', line.begin); hash < line.end; hash = text.find('#', hash + 1)) {
    const Span before = trimmed_end(text, {line.begin, hash}, Spaces::python);
    if (before.end < hash) {
      return before;
    }
  }
  return trimmed_end(text, line, Spaces::python);
}

/// A statement as it is read, piece after piece. A piece that does not fit is false, and the place stays in front of
/// it.
struct Statement
{
  std::string_view text;
  std::size_t at;
  Entry entry = {};
  bool is_comment = false;

  bool
  read_key()
  {
    constexpr std::string_view word = "export";
    const std::size_t key = text.substr(at).starts_with(word) ? skip_blanks(text, at + word.size()) : at;
    at = key > at + word.size() ? key : at;
    is_comment = has(text, at, '#');
    if (is_comment) {
      return true;
    }
    const bool is_quoted = has(text, at, '\'');
    const std::size_t begin = at + (is_quoted ? 1 : 0);
    std::size_t end = is_quoted ? text.find('\'', begin) : begin;
    while (!is_quoted && end < text.size() && !is_any_of(text[end], "=#") && space_at(text, end, Spaces::python) == 0) {
      ++end;
    }
    if (end == begin || end == std::string_view::npos) {
      return false;
    }
    entry.key_at = {begin, end};
    entry.key = with_line_feeds(entry.key_at.of(text));
    at = end + (is_quoted ? 1 : 0);
    return true;
  }

  bool
  read_value()
  {
    entry.value_at = {at, at};
    at = skip_blanks(text, at);
    if (!has(text, at, '=')) {
      return true;
    }
    const std::size_t sign = at;
    at = skip_blanks(text, sign + 1);
    entry.value = "";
    entry.value_at = {at, at};
    const bool is_empty = line_end_at(text, at) > 0 || at == text.size() || (at > sign + 1 && has(text, at, '#'));
    return is_empty || (is_any_of(text[at], "'\"") ? read_quoted() : read_unquoted());
  }

  bool
  read_quoted()
  {
    const std::size_t end = closing_quote(text, at);
    if (end == std::string_view::npos) {
      return false;
    }
    entry.value = unescaped(with_line_feeds(text.substr(at + 1, end - at - 1)), text[at]);
    entry.value_at = {at, end + 1};
    at = end + 1;
    return true;
  }

  bool
  read_unquoted()
  {
    const Span line{at, find_line_end(text, at)};
    entry.value_at = before_comment(text, line);
    entry.value = entry.value_at.of(text);
    at = line.end;
    return true;
  }

  bool
  read_end()
  {
    at = skip_blanks(text, at);
    at = has(text, at, '#') ? find_line_end(text, at) : at;
    const std::size_t end = line_end_at(text, at);
    at += end;
    return end > 0 || at == text.size();
  }
};

Reading
read(std::string_view text, const Environment& outer)
{
  if (!is_utf8(text)) {
    return refused(text, 0, "it is not UTF-8");
  }
  Entries entries(outer);
  Refusal refusal;
  std::size_t at = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  for (at = skip_spaces(text, at, Spaces::python); at < text.size(); at = skip_spaces(text, at, Spaces::python)) {
    Statement statement{text, at};
    const bool fits = statement.read_key() && statement.read_value() && statement.read_end();
    at = fits ? statement.at : find_line_end(text, statement.at);
    if (!fits || statement.is_comment) {
      continue;
    }
    Entry& entry = statement.entry;
    if (!entry.value) {
      entries.add(std::move(entry));
      continue;
    }
    Expansion expansion = expand(*entry.value, entries);
    if (!entries.add(std::move(entry), std::move(expansion), text, refusal)) {
      return {{}, refusal};
    }
  }
  return std::move(entries).take();
}

}  // namespace

const Dialect dialect_python{.id = "python", .title = "python-dotenv", .read = read};

}  // namespace sluice::env
