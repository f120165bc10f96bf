// SPDX-License-Identifier: Apache-2.0
#include "deps/legacy_python_version.hpp"

#include "deps/version_text.hpp"

#include <string>
#include <vector>

namespace sluice::deps {

namespace {

constexpr std::size_t filled_to = 8;
constexpr std::string_view end_mark = "*final";
constexpr std::string_view hyphen_mark = "*final-";

bool
is_other(char character)
{
  return !is_digit(character) && !is_lower(character) && character != '.' && character != '-';
}

std::string_view
take_raw_part(std::string_view& text)
{
  if (is_digit(text.front())) {
    return take_digits(text);
  }
  if (is_lower(text.front())) {
    return take_while(text, is_lower);
  }
  if (is_other(text.front())) {
    return take_while(text, is_other);
  }
  const std::string_view mark = text.substr(0, 1);
  text.remove_prefix(1);
  return mark;
}

std::string
part_of(std::string_view raw)
{
  if (is_digit(raw.front())) {
    return std::string(filled_to - std::min(raw.size(), filled_to), '0') + std::string(raw);
  }
  if (raw == "-") {
    return std::string(hyphen_mark);
  }
  if (raw == "pre" || raw == "preview" || raw == "rc") {
    return "*c";
  }
  return raw == "dev" ? "*@" : "*" + std::string(raw);
}

void
remove_at_end(std::vector<std::string>& parts, std::string_view which)
{
  while (!parts.empty() && parts.back() == which) {
    parts.pop_back();
  }
}

void
add(std::vector<std::string>& parts, std::string part)
{
  if (part.starts_with('*')) {
    if (part < end_mark) {
      remove_at_end(parts, hyphen_mark);
    }
    remove_at_end(parts, "00000000");
  }
  parts.push_back(std::move(part));
}

std::vector<std::string>
key_of(std::string_view version)
{
  const std::string lower = to_lower(version);
  std::vector<std::string> parts;
  for (std::string_view rest = lower; !rest.empty();) {
    const std::string_view raw = take_raw_part(rest);
    if (raw != ".") {
      add(parts, part_of(raw));
    }
  }
  add(parts, std::string(end_mark));
  return parts;
}

bool
is_commit(std::string_view text)
{
  constexpr std::size_t sha1_length = 40;
  return text.size() == sha1_length && std::all_of(text.begin(), text.end(), [](char character) {
           return is_digit(character) || (character >= 'a' && character <= 'f');
         });
}

}  // namespace

bool
is_legacy_python_version(std::string_view text)
{
  if (text.starts_with('v') || text.starts_with('V')) {
    text.remove_prefix(1);
  }
  return !text.empty() && is_digit(text.front()) && !is_commit(text)
         && std::all_of(text.begin(), text.end(), [](char character) {
              return is_alphanumeric(character) || std::string_view("._+!~-").find(character) != std::string_view::npos;
            });
}

std::weak_ordering
compare_legacy_python_versions(std::string_view a, std::string_view b)
{
  return key_of(a) <=> key_of(b);
}

}  // namespace sluice::deps
