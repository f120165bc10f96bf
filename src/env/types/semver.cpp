// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/type.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 2> names{"semanticversion", "version"};

bool
is_number(std::string_view text)
{
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit) && (text == "0" || text.front() != '0');
}

/// Identifiers between dots; a number among those of a pre-release begins with no zero.
bool
are_identifiers(std::string_view text, bool is_prerelease)
{
  const auto all = split(text, '.');
  return std::all_of(all.begin(), all.end(), [is_prerelease](std::string_view each) {
    const bool is_digits = std::all_of(each.begin(), each.end(), is_digit);
    const auto is_fit = [](char c) { return is_letter(c) || is_digit(c) || c == '-'; };
    return !each.empty() && std::all_of(each.begin(), each.end(), is_fit)
           && (!is_prerelease || !is_digits || is_number(each));
  });
}

bool
is_semver(std::string_view text)
{
  const std::size_t plus = text.find('+');
  const std::string_view before = text.substr(0, plus);
  const std::size_t dash = before.find('-');
  const auto numbers = split(before.substr(0, dash), '.');
  return numbers.size() == 3 && std::all_of(numbers.begin(), numbers.end(), is_number)
         && (plus == std::string_view::npos || are_identifiers(text.substr(plus + 1), false))
         && (dash == std::string_view::npos || are_identifiers(before.substr(dash + 1), true));
}

std::optional<std::string>
defect(std::string_view value, const TypeOptions& /*options*/)
{
  return is_semver(value) ? std::nullopt : std::optional<std::string>("is not a semantic version (`1.2.3`)");
}

}  // namespace

extern const Type type_semver{.id = "semver", .names = names, .option_names = {}, .defect = defect};

}  // namespace sluice::env
