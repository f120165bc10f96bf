// SPDX-License-Identifier: Apache-2.0
//
// github.com/joho/godotenv 1.5.1, parser.go, which act and the Supabase CLI have in them. Several statements may stand
// on one line, if all but the last are between quotes. An unquoted value ends at the last `#` with white space in
// front. References see the file alone, and capital letters only.
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "env/bare_references.hpp"
#include "env/dialect.hpp"
#include "env/entries.hpp"
#include "env/go_text.hpp"
#include "env/narrowed_text.hpp"
#include "env/spaces.hpp"

#include <algorithm>

namespace sluice::env {

extern const Dialect dialect_godotenv;

namespace {

constexpr BareStyle style{.letters = BareStyle::Letters::upper,
                          .bracket = BareStyle::Bracket::passed_over,
                          .outside = BareStyle::Outside::unseen};

/// Names are looked at byte by byte, and each byte is taken for the character of that number.
bool
is_of_key(char byte)
{
  const auto c = static_cast<unsigned char>(byte);
  const bool is_latin_letter = c == 0xAA || c == 0xB5 || c == 0xBA || (c >= 0xC0 && c != 0xD7 && c != 0xF7);
  const bool is_latin_number = c == 0xB2 || c == 0xB3 || c == 0xB9 || (c >= 0xBC && c <= 0xBE);
  return is_letter(byte) || is_digit(byte) || is_any_of(byte, "_.") || is_latin_letter || is_latin_number;
}

bool
is_space_byte(char byte)
{
  return is_any_of(byte, "\t\v\f\r \x85\xA0");
}

struct Key
{
  Span at;
  std::size_t end = 0;  ///< behind the sign and the space that follows it
};

/// The name at `at` up to `=` or `:`. Without either to the end of the file it is empty, and what stands there is its
/// value. Nothing if something in it makes it no name, or there is nothing behind `export`.
/// `has_signs` becomes false where none is left, so that a file of many lines without any is gone through once.
std::optional<Key>
key_from(std::string_view text, std::size_t at, bool& has_signs)
{
  at = behind_go_export(text, at, GoExport::with_space);
  for (std::size_t i = at; has_signs && i < text.size(); ++i) {
    if (text[i] == '=' || text[i] == ':') {
      return Key{trimmed_end(text, {at, i}, Spaces::go), skip_go_blanks(text, i + 1)};
    }
    if (!is_space_byte(text[i]) && !is_of_key(text[i])) {
      return std::nullopt;
    }
  }
  has_signs = false;
  return at == text.size() ? std::nullopt : std::optional(Key{{at, at}, skip_go_blanks(text, at)});
}

/// Where the comment of an unquoted value begins, or the value's end.
std::size_t
comment_from(std::string_view line)
{
  for (std::size_t at = line.size(); at > 1; --at) {
    if (line[at - 1] == '#' && ends_with_go_blank(line.substr(0, at - 1))) {
      return at - 1;
    }
  }
  return line.size();
}

/// Behind the quote that ends a value whose first quote is at `at`; npos if none does.
std::size_t
quoted_end(std::string_view text, std::size_t at)
{
  const char quote = text[at];
  std::size_t end = text.find(quote, at + 1);
  while (end != std::string_view::npos && text[end - 1] == '\\') {
    end = text.find(quote, end + 1);
  }
  return end == std::string_view::npos ? end : end + 1;
}

/// Both steps go over the text once: what the first leaves may be what the second looks for.
std::string
unescaped(std::string_view text)
{
  std::string lines;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char next = text[i] == '\\' && i + 1 < text.size() ? text[i + 1] : '\n';
    if (next == '\n') {
      lines += text[i];
      continue;
    }
    lines += next == 'n' ? "\n" : next == 'r' ? "\r" : text.substr(i, 2);
    ++i;
  }
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool is_escape = lines[i] == '\\' && i + 1 < lines.size() && lines[i + 1] != '$';
    i += is_escape ? 1 : 0;
    out += lines[i];
  }
  return out;
}

/// The text between quotes, without any quote of that kind at either end.
Expansion
quoted_value(std::string_view text, Span at, const Entries& entries)
{
  const char quote = text[at.begin];
  std::string_view inside = text.substr(at.begin, at.size() - 1);
  inside = inside.substr(0, inside.find_last_not_of(quote) + 1);
  inside.remove_prefix(std::min(inside.find_first_not_of(quote), inside.size()));
  return quote == '"' ? expand_bare(unescaped(inside), style, entries) : Expansion{std::string(inside)};
}

struct Value
{
  Span at;
  std::size_t end = 0;
  Expansion expansion;
};

/// The value at `at`; nothing if its quote is not closed.
std::optional<Value>
value_from(std::string_view text, std::size_t at, const Entries& entries)
{
  if (at < text.size() && is_any_of(text[at], "'\"")) {
    const std::size_t end = quoted_end(text, at);
    if (end == std::string_view::npos) {
      return std::nullopt;
    }
    return Value{{at, end}, end, quoted_value(text, {at, end}, entries)};
  }
  const std::size_t end = find_line_end(text, at);
  const Span span = trimmed_go_blanks(text, {at, at + comment_from(text.substr(at, end - at))});
  return Value{span, end, expand_bare(as_go_runes(span.of(text)), style, entries)};
}

Reading
read(std::string_view whole, const Environment& outer)
{
  const NarrowedText narrowed = NarrowedText::without_crlf(whole);
  const std::string_view text = narrowed.text();
  Entries entries(outer);
  Refusal refusal;
  bool has_signs = true;
  for (std::size_t at = behind_go_comments(text, 0); at < text.size(); at = behind_go_comments(text, at)) {
    const auto key = key_from(text, at, has_signs);
    if (!key) {
      return refused(whole, narrowed.original(at), "a name is missing or has a character that names do not have");
    }
    auto value = value_from(text, key->end, entries);
    if (!value) {
      return refused(whole, narrowed.original(key->end), "a quoted value is not closed");
    }
    at = value->end;
    Entry entry{.key = std::string(key->at.of(text)),
                .key_at = narrowed.original(key->at),
                .value_at = narrowed.original(value->at)};
    if (!entries.add(std::move(entry), std::move(value->expansion), whole, refusal)) {
      return {{}, refusal};
    }
  }
  return std::move(entries).take();
}

}  // namespace

const Dialect dialect_godotenv{.id = "godotenv", .title = "godotenv 1.5 (act, Supabase CLI)", .read = read};

}  // namespace sluice::env
