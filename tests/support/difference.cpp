// SPDX-License-Identifier: Apache-2.0
#include "support/difference.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::test {

namespace {

constexpr std::size_t most_lines = 24;

/// The lines of one text that the other has not, or has less often, each behind a mark.
std::string
lines_beyond(const std::vector<std::string_view>& lines, const std::vector<std::string_view>& others,
             std::string_view mark)
{
  std::string text;
  std::size_t shown = 0;
  for (const std::string_view line : lines) {
    if (std::count(lines.begin(), lines.end(), line) > std::count(others.begin(), others.end(), line)) {
      if (++shown > most_lines) {
        return text + fmt::format("\n  {}  …", mark);
      }
      text += fmt::format("\n  {}  {}", mark, line);
    }
  }
  return text;
}

}  // namespace

std::string
difference(std::string_view expected, std::string_view actual)
{
  if (expected == actual) {
    return {};
  }
  const std::vector<std::string_view> wanted = lines_of(expected);
  const std::vector<std::string_view> got = lines_of(actual);
  const std::string text = lines_beyond(wanted, got, "missing   ") + lines_beyond(got, wanted, "unexpected");
  return text.empty() ? "\n  the same lines in another order, or another ending" : text;
}

}  // namespace sluice::test
