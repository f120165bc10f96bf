// SPDX-License-Identifier: Apache-2.0
//
// github.com/compose-spec/compose-go 2.16.2, dotenv and template, which Docker Compose has in it: a fork of godotenv. A
// comment behind an unquoted value needs a space in front, a name may have `-`, `[` and `]`, and a name alone on its
// line has the value that the environment gives it, or is dropped.
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "env/compose_template.hpp"
#include "env/decoding.hpp"
#include "env/dialect.hpp"
#include "env/entries.hpp"
#include "env/go_text.hpp"
#include "env/spaces.hpp"

#include <algorithm>

namespace sluice::env {

extern const Dialect dialect_compose;

namespace {

struct Key
{
  enum class Form { with_value, alone };
  Span at;
  std::size_t end = 0;  ///< behind the sign or the line, and the space that follows
  Form form = Form::with_value;
};

bool
is_of_key(std::string_view text, const DecodedCharacter& decoded)
{
  const char c = text.front();
  if (is_letter(c) || is_digit(c) || is_any_of(c, "_.-[]")) {
    return true;
  }
  if (!decoded.character || decoded.length == 1) {
    return false;
  }
  const CharacterClass kind = class_of(*decoded.character);
  return kind != CharacterClass::mark && kind != CharacterClass::other;
}

/// The name at `at`, up to `=`, `:` or the line's end. Without any it is empty, and what stands there is its value.
/// Nothing if something in it makes it no name, or there is nothing behind `export`.
std::optional<Key>
key_from(std::string_view text, std::size_t at)
{
  at = behind_go_export(text, at, GoExport::with_any_space);
  for (std::size_t i = at; i < text.size();) {
    if (is_any_of(text[i], "=:\n")) {
      const Key::Form form = text[i] == '\n' ? Key::Form::alone : Key::Form::with_value;
      return Key{trimmed_end(text, {at, i}, Spaces::go), skip_go_blanks(text, i + 1), form};
    }
    const std::size_t blanks = skip_go_blanks(text, i);
    const DecodedCharacter decoded = decode_utf8(text.substr(i));
    if (blanks == i && !is_of_key(text.substr(i), decoded)) {
      return std::nullopt;
    }
    i = blanks > i ? blanks : i + decoded.length;
  }
  return at == text.size() ? std::nullopt : std::optional(Key{{at, at}, skip_go_blanks(text, at)});
}

struct Quoted
{
  std::string value;    ///< a backslash stays, unless a quote of this kind follows
  std::size_t end = 0;  ///< behind the closing quote
};

/// The text between quotes that begins at `at`; nothing if it does not end.
std::optional<Quoted>
quoted_from(std::string_view text, std::size_t at)
{
  const char quote = text[at];
  std::string value;
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == quote) {
      return Quoted{std::move(value), i + 1};
    }
    const bool is_escape = text[i] == '\\' && i + 1 < text.size();
    if (!is_escape) {
      value += text[i];
      continue;
    }
    ++i;
    value += text[i] == quote ? "" : "\\";
    value += text[i];
  }
  return std::nullopt;
}

/// What `\0` and up to three digits stand for: the character of an octal number with all three, else the text without
/// its 0.
std::string
octal_escape(std::string_view digits)
{
  constexpr int all_digits = 3;
  constexpr int octal = 8;
  constexpr int largest = 255;
  int value = 0;
  bool is_octal = digits.size() == all_digits;
  for (const char c : digits) {
    is_octal = is_octal && c < '8';
    value = value * octal + (c - '0');
  }
  std::string out;
  if (is_octal && value <= largest) {
    append_utf8(out, static_cast<char32_t>(value));
    return out;
  }
  return "\\" + std::string(digits);
}

/// The escape at the front of the text, a backslash; how much of it that is.
std::size_t
take_escape(std::string_view text, std::string& out)
{
  constexpr std::string_view letters = "abfnrtv\\\"";
  constexpr std::string_view meant = "\a\b\f\n\r\t\v\\\"";
  const char c = text.size() > 1 ? text[1] : '\0';
  const std::size_t known = letters.find(c);
  if (c == '0') {
    std::size_t end = 2;
    while (end < std::min<std::size_t>(text.size(), 5) && is_digit(text[end])) {
      ++end;
    }
    out += octal_escape(text.substr(2, end - 2));
    return end;
  }
  if (c == '$') {
    out += "$$";
    return 2;
  }
  if (c != '\0' && known != std::string_view::npos) {
    out += meant[known];
    return 2;
  }
  const std::size_t length = c == 'c' ? 2 : 1;
  out += text.substr(0, length);
  return length;
}

std::string
unescaped(std::string_view text)
{
  std::string out;
  while (!text.empty()) {
    const std::size_t plain = std::min(text.find('\\'), text.size());
    out += text.substr(0, plain);
    text.remove_prefix(plain);
    if (!text.empty()) {
      text.remove_prefix(take_escape(text, out));
    }
  }
  return out;
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
    auto quoted = quoted_from(text, at);
    if (!quoted) {
      return std::nullopt;
    }
    Expansion expansion =
        text[at] == '"' ? expand_compose(unescaped(quoted->value), entries) : Expansion{std::move(quoted->value)};
    return Value{{at, quoted->end}, quoted->end, std::move(expansion)};
  }
  const std::size_t end = std::min(text.find('\n', at), text.size());
  const std::string_view line = text.substr(at, end - at);
  const Span span = trimmed_end(text, {at, at + std::min(line.find(" #"), line.size())}, Spaces::go);
  return Value{span, end, expand_compose(span.of(text), entries)};
}

/// One statement, from `at`, which moves behind it. False if it is refused.
bool
read_statement(std::string_view text, std::size_t& at, Entries& entries, Refusal& refusal)
{
  const auto key = key_from(text, at);
  const bool has_space = key && key->at.of(text).find(' ') != std::string_view::npos;
  if (!key || has_space) {
    refusal = {line_of(text, at),
               has_space ? "a name has a space in it" : "a name is missing or has a character that names do not have"};
    return false;
  }
  Entry entry{.key = std::string(key->at.of(text)), .key_at = key->at, .value_at = {key->at.end, key->at.end}};
  if (key->form == Key::Form::alone) {
    at = key->end;
    const std::string* outside = entries.outside(entry.key);
    return outside == nullptr || entries.add(std::move(entry), Expansion{*outside}, text, refusal);
  }
  auto value = value_from(text, key->end, entries);
  if (!value) {
    refusal = {line_of(text, key->end), "a quoted value is not closed"};
    return false;
  }
  at = value->end;
  entry.value_at = value->at;
  return entries.add(std::move(entry), std::move(value->expansion), text, refusal);
}

Reading
read(std::string_view text, const Environment& outer)
{
  Entries entries(outer);
  Refusal refusal;
  std::size_t at = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  for (at = behind_go_comments(text, at); at < text.size(); at = behind_go_comments(text, at)) {
    if (!read_statement(text, at, entries, refusal)) {
      return {{}, refusal};
    }
  }
  return std::move(entries).take();
}

}  // namespace

const Dialect dialect_compose{.id = "compose", .title = "Docker Compose", .read = read};

}  // namespace sluice::env
