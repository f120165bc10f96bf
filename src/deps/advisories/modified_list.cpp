// SPDX-License-Identifier: Apache-2.0
#include "deps/advisories/modified_list.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cctype>

namespace sluice::deps {

namespace {

constexpr std::size_t seconds_length = std::string_view("2026-08-21T09:17:44").size();

bool
is_moment(std::string_view text)
{
  constexpr std::string_view shape = "0000-00-00T00:00:00";
  if (text.size() <= seconds_length) {
    return false;
  }
  for (std::size_t i = 0; i < seconds_length; ++i) {
    const bool is_digit = std::isdigit(static_cast<unsigned char>(text[i])) != 0;
    if (shape[i] == '0' ? !is_digit : text[i] != shape[i]) {
      return false;
    }
  }
  const std::string_view rest = text.substr(seconds_length);
  const std::size_t zone = rest.find_first_not_of(".0123456789");
  return zone != std::string_view::npos && (rest.substr(zone) == "Z" || rest.substr(zone) == "+00:00");
}

/// Ids go into addresses: what no database uses in one is not asked for.
bool
is_plain_id(std::string_view id)
{
  return !id.empty() && id.size() < 200 && std::all_of(id.begin(), id.end(), [](char character) {
    return std::isalnum(static_cast<unsigned char>(character)) != 0 || character == '-' || character == '.'
           || character == '_' || character == ':';
  });
}

/// What is behind the seconds, ".25", without zeros at its end.
std::string_view
fraction_of(std::string_view moment)
{
  const std::string_view rest = moment.substr(std::min(seconds_length, moment.size()));
  const std::string_view digits = rest.substr(0, rest.find_first_not_of(".0123456789"));
  return digits.substr(0, digits.find_last_not_of(".0") + 1);
}

}  // namespace

std::optional<std::vector<Modified>>
read_modified_list(std::string_view csv)
{
  std::vector<Modified> all;
  for (const std::string_view each : lines_of(csv)) {
    const std::string_view line = trim(each);
    const std::size_t comma = line.find(',');
    if (comma == std::string_view::npos || !is_moment(line.substr(0, comma)) || !is_plain_id(line.substr(comma + 1))) {
      return std::nullopt;
    }
    all.push_back({line.substr(0, comma), line.substr(comma + 1)});
  }
  return all.empty() ? std::nullopt : std::optional(std::move(all));
}

int
compare_moments(std::string_view a, std::string_view b)
{
  const int seconds = a.substr(0, seconds_length).compare(b.substr(0, seconds_length));
  return seconds != 0 ? seconds : fraction_of(a).compare(fraction_of(b));
}

}  // namespace sluice::deps
