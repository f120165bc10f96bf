// SPDX-License-Identifier: Apache-2.0
#include "env/php_value.hpp"

#include "base/text.hpp"
#include "env/spaces.hpp"

#include <algorithm>
#include <vector>

namespace sluice::env {

namespace {

/// A value without its quotes, and where in it a dollar sign may begin a reference, ascending.
struct Unquoted
{
  std::string value;
  std::vector<std::size_t> dollars;
  const char* refusal = nullptr;
};

bool
is_space(char c)
{
  return c == ' ' || (c >= '\t' && c <= '\r');
}

Unquoted
refusing(const char* why)
{
  Unquoted unquoted;
  unquoted.refusal = why;
  return unquoted;
}

void
append(char c, Unquoted& unquoted)
{
  if (c == '$') {
    unquoted.dollars.push_back(unquoted.value.size());
  }
  unquoted.value += c;
}

/// Only space and a comment may stand behind a value.
Unquoted
with_end(Unquoted unquoted, std::string_view rest)
{
  const std::size_t next = skip_spaces(rest, 0, Spaces::ascii);
  return next == rest.size() || rest[next] == '#' ? unquoted : refusing("something stands behind a value");
}

Unquoted
read_bare(std::string_view text)
{
  Unquoted unquoted;
  std::size_t at = 0;
  // White space at the front, which is then none that trim() takes, is part of the value.
  while (at < text.size() && is_space(text[at])) {
    unquoted.value += text[at++];
  }
  while (at < text.size() && text[at] != '#' && !is_space(text[at])) {
    append(text[at++], unquoted);
  }
  return with_end(std::move(unquoted), text.substr(at));
}

Unquoted
read_single(std::string_view text)
{
  const std::size_t end = text.find('\'', 1);
  if (end == std::string_view::npos) {
    return refusing("a quoted value is not closed");
  }
  return with_end({std::string(text.substr(1, end - 1)), {}}, text.substr(end + 1));
}

Unquoted
read_double(std::string_view text)
{
  constexpr std::string_view letters = "\"\\$fnrtv";
  constexpr std::string_view meant = "\"\\$\f\n\r\t\v";
  Unquoted unquoted;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') {
      return with_end(std::move(unquoted), text.substr(i + 1));
    }
    if (text[i] != '\\') {
      append(text[i], unquoted);
      continue;
    }
    ++i;
    const std::size_t known = i < text.size() ? letters.find(text[i]) : 0;
    if (known == std::string_view::npos) {
      return refusing("a backslash stands before a character that it does not escape");
    }
    unquoted.value += meant[known];
  }
  return refusing("a quoted value is not closed");
}

Unquoted
unquoted_of(std::string_view text)
{
  if (text.starts_with('\'')) {
    return read_single(text);
  }
  return text.starts_with('"') ? read_double(text) : read_bare(text);
}

bool
is_of_name(char c)
{
  return is_letter(c) || is_digit(c) || c == '_' || c == '.';
}

/// The name of a `{NAME}` at the front of a text that is kept back to front; empty if there is none.
std::string
name_in_braces(const std::string& reversed)
{
  std::string name;
  for (std::size_t i = 1; i < reversed.size(); ++i) {
    const char c = reversed[reversed.size() - 1 - i];
    if (c == '}') {
      return reversed.back() == '{' ? name : std::string();
    }
    if (reversed.back() != '{' || !is_of_name(c)) {
      break;
    }
    name += c;
  }
  return {};
}

/// From the last reference to the first, so that what one is replaced with can complete the one in front of it.
Expansion
resolved(const Unquoted& unquoted, const Entries& entries)
{
  Expansion expansion;
  std::string reversed;
  std::size_t end = unquoted.value.size();
  for (auto dollar = unquoted.dollars.rbegin(); dollar != unquoted.dollars.rend(); ++dollar) {
    const std::string_view behind = std::string_view(unquoted.value).substr(*dollar + 1, end - *dollar - 1);
    reversed.append(behind.rbegin(), behind.rend());
    end = *dollar;
    const std::string name = name_in_braces(reversed);
    const Entry* entry = name.empty() ? nullptr : entries.in_file(name);
    if (entry == nullptr || !entry->value) {
      reversed += '$';
      continue;
    }
    expansion.expands = true;
    reversed.resize(reversed.size() - name.size() - 2);
    reversed.append(entry->value->rbegin(), entry->value->rend());
    if (reversed.size() > max_value_bytes + unquoted.value.size()) {
      expansion.refusal = too_large;
      return expansion;
    }
  }
  const std::string_view front = std::string_view(unquoted.value).substr(0, end);
  reversed.append(front.rbegin(), front.rend());
  expansion.value.assign(reversed.rbegin(), reversed.rend());
  return expansion;
}

}  // namespace

Expansion
read_php_value(std::string_view text, const Entries& entries)
{
  const Unquoted unquoted = unquoted_of(text);
  if (unquoted.refusal != nullptr) {
    return {.value = {}, .refusal = unquoted.refusal};
  }
  return resolved(unquoted, entries);
}

}  // namespace sluice::env
