// SPDX-License-Identifier: Apache-2.0
#include "base/number.hpp"
#include "deps/scheme.hpp"
#include "deps/semver.hpp"
#include "deps/version_text.hpp"

#include <limits>

namespace sluice::deps {

namespace {

// NuGet.Versioning, `NuGetVersion.TryParse` and `VersionComparer.Default`: one to four numbers of 32 bits, leading
// zeros taken, missing ones zero; identifiers without regard to case; a numeric one that does not fit in 32 bits is
// text.
struct Version
{
  std::array<std::int32_t, 4> numbers{};
  std::string_view prerelease;
};

std::optional<std::int32_t>
integer(std::string_view digits)
{
  const std::string_view significant = without_leading_zeros(digits);
  return digits.empty() ? std::nullopt : number_of<std::int32_t>(significant.empty() ? "0" : significant);
}

std::optional<Version>
parse(std::string_view text)
{
  text = trim(text);
  Version version;
  std::size_t count = 0;
  do {
    const auto number = count == version.numbers.size() ? std::nullopt : integer(take_digits(text));
    if (!number) {
      return std::nullopt;
    }
    version.numbers[count++] = *number;
  } while (take(text, '.'));
  if (const std::size_t plus = text.find('+'); plus != std::string_view::npos) {
    if (!are_identifiers(text.substr(plus + 1), LeadingZeros::taken)) {
      return std::nullopt;
    }
    text = text.substr(0, plus);
  }
  if (take(text, '-')) {
    version.prerelease = text;
    return are_identifiers(text, LeadingZeros::refused) ? std::optional(version) : std::nullopt;
  }
  return text.empty() ? std::optional(version) : std::nullopt;
}

/// What `int.TryParse` takes; of the characters of an identifier that is a number with or without a minus.
std::optional<std::int32_t>
label_number(std::string_view label)
{
  const bool is_negative = take(label, '-');
  const std::string_view significant = without_leading_zeros(label);
  return is_numeric(label)
             ? number_of<std::int32_t>((is_negative ? "-" : "") + std::string(significant.empty() ? "0" : significant))
             : std::nullopt;
}

/// As .NET's OrdinalIgnoreCase: ASCII letters count as capitals.
std::weak_ordering
compare_ignoring_case(std::string_view a, std::string_view b)
{
  const auto capital = [](char character) {
    return static_cast<unsigned char>(is_lower(character) ? character - 'a' + 'A' : character);
  };
  return std::lexicographical_compare_three_way(
      a.begin(), a.end(), b.begin(), b.end(),
      [&capital](char left, char right) -> std::weak_ordering { return capital(left) <=> capital(right); });
}

std::weak_ordering
compare_label(std::string_view a, std::string_view b)
{
  const auto left = a.size() <= 12 ? label_number(a) : std::nullopt;
  const auto right = b.size() <= 12 ? label_number(b) : std::nullopt;
  if (left && right) {
    return *left <=> *right;
  }
  return left || right ? right.has_value() <=> left.has_value() : compare_ignoring_case(a, b);
}

std::weak_ordering
compare_versions(const Version& a, const Version& b)
{
  if (const auto order = a.numbers <=> b.numbers; order != 0) {
    return order;
  }
  if (a.prerelease.empty() || b.prerelease.empty()) {
    return a.prerelease.empty() <=> b.prerelease.empty();
  }
  return compare_identifiers(a.prerelease, b.prerelease, compare_label);
}

}  // namespace

extern const Scheme scheme_nuget{.id = "nuget", .compare = [](std::string_view a, std::string_view b) {
                                   return compare_parsed(a, b, parse, compare_versions);
                                 }};

}  // namespace sluice::deps
