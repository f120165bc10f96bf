// SPDX-License-Identifier: Apache-2.0
//
// @dotenvx/dotenvx 2.38.2, parse(): the lines of motdotla/dotenv, then commands `$(…)`, then references. A variable
// that the environment has keeps that value. A reference is replaced and the value searched again from its beginning
// until none is left, so what a variable holds is expanded too, and the innermost braces come first.
#include "base/text.hpp"
#include "env/decoding.hpp"
#include "env/dialect.hpp"
#include "env/dotenvx_references.hpp"
#include "env/entries.hpp"
#include "env/javascript_lines.hpp"

namespace sluice::env {

extern const Dialect dialect_dotenvx;

namespace {

/// The quote that the raw value begins with; 0 if it begins with none.
char
quote_of(std::string_view raw)
{
  return !raw.empty() && is_any_of(raw.front(), "'\"`") ? raw.front() : '\0';
}

std::string
unquoted(std::string_view raw)
{
  std::string value = without_quotes(raw);
  if (quote_of(raw) == '\'') {
    return replace_all(value, "\\'", "'");
  }
  if (quote_of(raw) == '"') {
    return replace_all(replace_all(replace_all(value, "\\n", "\n"), "\\r", "\r"), "\\t", "\t");
  }
  return value;
}

bool
is_encrypted(std::string_view value)
{
  return value.starts_with("encrypted:");
}

Expansion
value_of(const std::string& key, std::string_view raw, DotenvxReferences& references)
{
  const std::string* outside = references.entries().outside(key);
  std::string value = outside != nullptr ? *outside : unquoted(raw);
  if (quote_of(raw) == '\'' || is_encrypted(value)) {
    return {std::move(value)};
  }
  if (has_command(value)) {
    return {.value = {}, .executes = true};
  }
  if (outside != nullptr && !outside->empty()) {
    return {std::move(value)};
  }
  Expansion expansion = references.expand(std::move(value));
  expansion.value = replace_all(expansion.value, "\\$", "$");
  return expansion;
}

Reading
read(std::string_view text, const Environment& outer)
{
  Entries entries(outer);
  DotenvxReferences references(entries, text.size());
  Refusal refusal;
  std::size_t at = 0;
  while (const auto found = next_assignment(text, at)) {
    Entry entry{.key = std::string(found->key.of(text)), .key_at = found->key, .value_at = found->value};
    const std::string raw = as_javascript_text(found->value.of(text));
    Expansion expansion = value_of(entry.key, raw, references);
    if (quote_of(raw) == '\'') {
      references.note_literal(entry.key, expansion.value);
    }
    if (!entries.add(std::move(entry), std::move(expansion), text, refusal)) {
      return {{}, refusal};
    }
  }
  return std::move(entries).take();
}

}  // namespace

const Dialect dialect_dotenvx{.id = "dotenvx", .title = "dotenvx", .read = read};

}  // namespace sluice::env
