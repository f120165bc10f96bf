// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"

#include "base/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

namespace sluice {

std::string_view
trim(std::string_view text)
{
  constexpr std::string_view blanks = " \t\r\n";
  const auto begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) {
    return {};
  }
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

std::vector<std::string_view>
split(std::string_view text, char separator)
{
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  for (std::size_t end = 0; (end = text.find(separator, begin)) != std::string_view::npos; begin = end + 1) {
    parts.push_back(text.substr(begin, end - begin));
  }
  parts.push_back(text.substr(begin));
  return parts;
}

std::vector<std::string_view>
lines_of(std::string_view text)
{
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    lines.push_back(line);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::string
join(std::span<const std::string> parts, std::string_view separator)
{
  return fmt::format("{}", fmt::join(parts, separator));
}

std::string
to_lower(std::string_view ascii)
{
  std::string lower(ascii);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; });
  return lower;
}

std::string
replace_all(std::string_view text, std::string_view from, std::string_view to)
{
  if (from.empty()) {
    return std::string(text);
  }
  std::string result;
  std::size_t begin = 0;
  for (std::size_t at = 0; (at = text.find(from, begin)) != std::string_view::npos; begin = at + from.size()) {
    result.append(text.substr(begin, at - begin)).append(to);
  }
  return result.append(text.substr(begin));
}

namespace {

/// Characters that change how the text around them is shown, or that cannot be seen.
bool
is_deceptive(char32_t c)
{
  constexpr std::array<std::pair<char32_t, char32_t>, 12> ranges{{
      {0x00, 0x1F},
      {0x7F, 0x9F},
      {0xAD, 0xAD},
      {0x61C, 0x61C},
      {0x180E, 0x180E},
      {0x200B, 0x200F},
      {0x2028, 0x202E},
      {0x2060, 0x206F},
      {0xFE00, 0xFE0F},
      {0xFEFF, 0xFEFF},
      {0xFFF9, 0xFFFB},
      {0xE0000, 0xE0FFF},
  }};
  return std::any_of(ranges.begin(), ranges.end(),
                     [c](const auto& range) { return c >= range.first && c <= range.second; });
}

}  // namespace

std::string
printable(std::string_view untrusted)
{
  std::string safe;
  safe.reserve(untrusted.size());
  while (!untrusted.empty()) {
    const auto plain = static_cast<std::size_t>(
        std::find_if(untrusted.begin(), untrusted.end(), [](char c) { return c < ' ' || c > '~'; })
        - untrusted.begin());
    safe += untrusted.substr(0, plain);
    untrusted.remove_prefix(plain);
    if (untrusted.empty()) {
      break;
    }
    const auto [character, length] = decode_utf8(untrusted);
    if (!character) {
      safe += "\xEF\xBF\xBD";
    } else if (!is_deceptive(*character)) {
      safe += untrusted.substr(0, length);
    } else if (*character < 0x80) {
      safe += fmt::format("\\x{:02x}", static_cast<unsigned>(*character));
    } else {
      safe += fmt::format("\\u{{{:x}}}", static_cast<unsigned>(*character));
    }
    untrusted.remove_prefix(length);
  }
  return safe;
}

std::string
ellipsis(std::string_view text, std::size_t max_bytes)
{
  constexpr std::string_view mark = "…";
  if (text.size() <= max_bytes) {
    return std::string(text);
  }
  if (max_bytes < mark.size()) {
    return {};
  }
  std::size_t cut = max_bytes - mark.size();
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) {
    --cut;
  }
  return std::string(text.substr(0, cut)).append(mark);
}

std::size_t
edit_distance(std::string_view a, std::string_view b)
{
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substitution = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, substitution});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
    }
    before_last.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

namespace {

std::optional<std::string_view>
closest(std::string_view typed, std::span<const std::string_view> candidates)
{
  std::optional<std::string_view> best;
  std::size_t best_distance = std::max<std::size_t>(1, typed.size() / 3) + 1;
  for (const std::string_view candidate : candidates) {
    const std::size_t longer = std::max(candidate.size(), typed.size());
    if (longer - std::min(candidate.size(), typed.size()) >= best_distance || longer > 200) {
      continue;
    }
    if (const std::size_t distance = edit_distance(to_lower(typed), to_lower(candidate)); distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

}  // namespace

std::string
did_you_mean(std::string_view typed, std::span<const std::string_view> candidates)
{
  const auto near = closest(typed, candidates);
  return near ? fmt::format(" (did you mean {}?)", *near) : std::string();
}

std::string
with_thousands(std::uint64_t value)
{
  std::string digits = fmt::format("{}", value);
  for (std::size_t at = digits.size(); at > 3; at -= 3) {
    digits.insert(at - 3, 1, ',');
  }
  return digits;
}

std::string
counted(std::uint64_t count, std::string_view singular, std::string_view plural)
{
  return fmt::format("{} {}", with_thousands(count), count == 1 ? singular : plural);
}

std::string
human_bytes(std::uint64_t bytes)
{
  constexpr std::array units{"KiB", "MiB", "GiB", "TiB", "PiB"};
  if (bytes < 1024) {
    return fmt::format("{} B", bytes);
  }
  double value = static_cast<double>(bytes) / 1024;
  std::size_t unit = 0;
  while (value >= 1023.95 && unit + 1 < units.size()) {
    value /= 1024;
    ++unit;
  }
  return fmt::format("{:.1f} {}", value, units[unit]);
}

}  // namespace sluice
