// SPDX-License-Identifier: Apache-2.0
#include "base/shell.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice {

namespace {

bool
is_bare(char c)
{
  const bool is_alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return is_alphanumeric || std::string_view("_-./=:,@+").find(c) != std::string_view::npos;
}

bool
is_printable_ascii(char c)
{
  return c >= ' ' && c <= '~';
}

/// Two `#` side by side end up in two strings, which the shell puts together again.
std::string
single_quoted(std::string_view word)
{
  const std::string safe = replace_all(word, "'", "'\\''");
  return fmt::format("'{}'", replace_all(replace_all(safe, "##", "#''#"), "##", "#''#"));
}

/// `"$(printf 'a\012b')"`: POSIX has no other way to say a character by its number.
std::string
spelled(std::string_view word)
{
  std::string text;
  for (const char c : word) {
    const bool is_plain = is_printable_ascii(c) && std::string_view("\\%'#").find(c) == std::string_view::npos;
    text += is_plain ? std::string{c} : fmt::format("\\{:03o}", static_cast<unsigned>(static_cast<unsigned char>(c)));
  }
  return fmt::format("\"$(printf '{}')\"", text);
}

}  // namespace

std::string
shell_word(std::string_view word)
{
  std::string text(word);
  std::erase(text, '\0');
  text.erase(text.find_last_not_of('\n') + 1);
  if (!text.empty() && text.front() != ':' && std::all_of(text.begin(), text.end(), is_bare)) {
    return text;
  }
  return std::all_of(text.begin(), text.end(), is_printable_ascii) ? single_quoted(text) : spelled(text);
}

std::string
shell_command(std::span<const std::string> words)
{
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : " ") + shell_word(word);
  }
  return text;
}

}  // namespace sluice
