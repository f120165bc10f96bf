// SPDX-License-Identifier: Apache-2.0
#include "promote/hook/hook_run_excerpt.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace sluice::promote {

namespace {

constexpr char escape = '\x1B';
constexpr char bell = '\x07';

/// Where the text, from `begin` on, has no more characters of the range.
std::size_t
end_of_range(std::string_view text, std::size_t begin, char first, char last)
{
  while (begin < text.size() && text[begin] >= first && text[begin] <= last) {
    ++begin;
  }
  return begin;
}

/// Of an OSC, which a bell or ESC \ ends, or at the latest the line.
std::size_t
command_length(std::string_view text)
{
  const std::size_t end = std::min(text.find_first_of("\x07\x1B\n", 2), text.size());
  const std::string_view rest = text.substr(end);
  if (rest.starts_with(bell)) {
    return end + 1;
  }
  return rest.starts_with("\x1B\\") ? end + 2 : end;
}

/// Of the control sequence that the text begins with: ESC, for CSI parameters, intermediate bytes and a final one.
std::size_t
sequence_length(std::string_view text)
{
  const char kind = text.size() > 1 ? text[1] : '\0';
  if (kind == ']') {
    return command_length(text);
  }
  const std::size_t after_parameters = kind == '[' ? end_of_range(text, 2, '0', '?') : 1;
  return std::min(end_of_range(text, after_parameters, ' ', '/') + 1, text.size());
}

std::string
without_sequences(std::string_view text)
{
  std::string plain;
  while (!text.empty()) {
    const std::size_t next = std::min(text.find(escape), text.size());
    plain += text.substr(0, next);
    text.remove_prefix(next);
    if (!text.empty()) {
      text.remove_prefix(sequence_length(text));
    }
  }
  return plain;
}

std::string_view
last_written(std::string_view line)
{
  while (line.ends_with('\r')) {
    line.remove_suffix(1);
  }
  const std::size_t over = line.rfind('\r');
  return over == std::string_view::npos ? line : line.substr(over + 1);
}

/// The end of the text from the beginning of a line, or where a line is longer, of a character.
std::string_view
end_of(std::string_view text, std::size_t max_bytes)
{
  if (text.size() <= max_bytes) {
    return text;
  }
  const bool begins_line = text[text.size() - max_bytes - 1] == '\n';
  text.remove_prefix(text.size() - max_bytes);
  if (begins_line) {
    return text;
  }
  if (const std::size_t line = text.find('\n'); line != std::string_view::npos && line + 1 < text.size()) {
    return text.substr(line + 1);
  }
  while (!text.empty() && (static_cast<unsigned char>(text.front()) & 0xC0U) == 0x80U) {
    text.remove_prefix(1);
  }
  return text;
}

}  // namespace

std::string
excerpt_of(std::string_view printed, std::size_t max_bytes)
{
  std::string shown;
  const std::string plain = without_sequences(printed);
  for (const std::string_view line : lines_of(plain)) {
    shown.append(last_written(line)).append("\n");
  }
  if (!shown.empty()) {
    shown.pop_back();
  }
  return std::string(end_of(shown, max_bytes));
}

}  // namespace sluice::promote
