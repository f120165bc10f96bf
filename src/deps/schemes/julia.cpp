// SPDX-License-Identifier: Apache-2.0
//
// Julia's VersionNumber: one to three numbers, a prerelease that may lack its hyphen if it begins with a letter
// ("1.0rc1"), and build metadata that do count ("1.2.3+1" is above "1.2.3+0": binary packages are numbered so). "1.0-"
// is below and "1.0+" above every other version of that number.
#include "base/number.hpp"
#include "deps/scheme.hpp"
#include "deps/semver.hpp"
#include "deps/version_text.hpp"

namespace sluice::deps {

namespace {

struct Version
{
  std::array<std::string_view, 3> numbers{};
  std::optional<std::string_view> prerelease;
  std::optional<std::string_view> build;
};

bool
is_number(std::string_view digits)
{
  const std::string_view significant = without_leading_zeros(digits);
  return !digits.empty() && (significant.empty() || number_of<std::uint32_t>(significant));
}

bool
take_numbers(std::string_view& text, Version& version)
{
  std::size_t count = 0;
  do {
    version.numbers[count] = take_digits(text);
    if (!is_number(version.numbers[count++])) {
      return false;
    }
  } while (count < version.numbers.size() && take(text, '.'));
  return true;
}

bool
is_right(const Version& version)
{
  const auto is_list = [](const std::optional<std::string_view>& list) {
    return !list || list->empty() || are_identifiers(*list, LeadingZeros::taken);
  };
  const bool is_lowest = version.prerelease && version.prerelease->empty();
  return is_list(version.prerelease) && is_list(version.build) && !(is_lowest && version.build);
}

std::optional<Version>
parse(std::string_view text)
{
  if (text.starts_with('v') || text.starts_with('V')) {
    text.remove_prefix(1);
  }
  Version version;
  if (!take_numbers(text, version)) {
    return std::nullopt;
  }
  if (const std::size_t plus = text.find('+'); plus != std::string_view::npos) {
    version.build = text.substr(plus + 1);
    text = text.substr(0, plus);
  }
  if (take(text, '-') || (!text.empty() && is_letter(text.front()))) {
    version.prerelease = text;
    text = {};
  }
  return text.empty() && is_right(version) ? std::optional(version) : std::nullopt;
}

/// The empty identifier is that of "1.0-", below all.
std::weak_ordering
compare_prereleases(const std::optional<std::string_view>& a, const std::optional<std::string_view>& b)
{
  if (!a || !b) {
    return b.has_value() <=> a.has_value();
  }
  return a->empty() || b->empty() ? !a->empty() <=> !b->empty() : compare_identifiers(*a, *b, compare_identifier);
}

/// The empty identifier is that of "1.0+", above all.
std::weak_ordering
compare_builds(const std::optional<std::string_view>& a, const std::optional<std::string_view>& b)
{
  const bool a_is_highest = a && a->empty();
  const bool b_is_highest = b && b->empty();
  if (a_is_highest || b_is_highest) {
    return a_is_highest <=> b_is_highest;
  }
  return a && b ? compare_identifiers(*a, *b, compare_identifier) : a.has_value() <=> b.has_value();
}

std::weak_ordering
compare_versions(const Version& a, const Version& b)
{
  for (std::size_t i = 0; i < a.numbers.size(); ++i) {
    if (const auto order = compare_numbers(a.numbers[i], b.numbers[i]); order != 0) {
      return order;
    }
  }
  const auto order = compare_prereleases(a.prerelease, b.prerelease);
  return order != 0 ? order : compare_builds(a.build, b.build);
}

}  // namespace

extern const Scheme scheme_julia{.id = "julia", .compare = [](std::string_view a, std::string_view b) {
                                   return compare_parsed(a, b, parse, compare_versions);
                                 }};

}  // namespace sluice::deps
