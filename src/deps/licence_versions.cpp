// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "deps/licence_ids.hpp"

#include <algorithm>
#include <charconv>

namespace sluice::deps {

namespace {

/// "2.0", not "2" (BSD-2-Clause) and not "19980720" (W3C-19980720), which are no versions in an order.
bool
is_dotted_number(std::string_view text)
{
  return !text.empty() && text.find('.') != std::string_view::npos && is_digit(text.front()) && is_digit(text.back())
         && std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || c == '.'; });
}

bool
cut_end(std::string_view& text, std::string_view end)
{
  const bool has_end = text.ends_with(end);
  text.remove_suffix(has_end ? end.size() : 0);
  return has_end;
}

unsigned
number_of(std::string_view digits)
{
  unsigned number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

}  // namespace

bool
LicenceVersion::is_of_same_family(const LicenceVersion& other) const
{
  return !version.empty() && !other.version.empty() && family == other.family && suffix == other.suffix;
}

LicenceVersion
licence_version(std::string_view id)
{
  LicenceVersion result;
  if (!cut_end(id, "-only")) {
    result.is_or_later = cut_end(id, "-or-later") || cut_end(id, "+");
  }
  std::size_t begin = 0;
  for (const std::string_view part : split(id, '-')) {
    if (begin != 0 && is_dotted_number(part)) {
      result.family = id.substr(0, begin - 1);
      result.version = part;
      result.suffix = id.substr(begin + part.size());
      return result;
    }
    begin += part.size() + 1;
  }
  result.family = id;
  return result;
}

bool
is_at_most(std::string_view a, std::string_view b)
{
  const auto left = split(a, '.');
  const auto right = split(b, '.');
  return !std::lexicographical_compare(
      right.begin(), right.end(), left.begin(), left.end(),
      [](std::string_view x, std::string_view y) { return number_of(x) < number_of(y); });
}

std::vector<std::string>
versions_from(const LicenceVersion& first)
{
  std::vector<std::string> ids;
  for (const std::string_view id : spdx_ids()) {
    const LicenceVersion each = licence_version(id);
    // Of the old names of the GNU licences, "GPL-2.0" for what is "GPL-2.0-only", the list has the new ones too.
    const bool is_old = !id.ends_with("-only") && !spdx_id(std::string(id) + "-only").empty();
    if (!each.is_or_later && !is_old && each.is_of_same_family(first) && is_at_most(first.version, each.version)) {
      ids.emplace_back(id);
    }
  }
  return ids;
}

}  // namespace sluice::deps
