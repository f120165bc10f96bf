// SPDX-License-Identifier: Apache-2.0
#include "deps/npm_version.hpp"

#include "base/number.hpp"
#include "deps/semver.hpp"
#include "deps/version_text.hpp"

#include <charconv>
#include <limits>

namespace sluice::deps {

namespace {

/// Longer ones node-semver refuses.
constexpr std::size_t max_length = 256;

double
javascript_number(std::string_view digits)
{
  double number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return error == std::errc::result_out_of_range ? std::numeric_limits<double>::infinity() : number;
}

std::optional<std::uint64_t>
take_number(std::string_view& text)
{
  const auto number = number_of<std::uint64_t>(take_digits(text));
  return number && *number <= max_npm_number ? number : std::nullopt;
}

}  // namespace

std::weak_ordering
compare_npm_identifier(std::string_view a, std::string_view b)
{
  if (!is_numeric(a) || !is_numeric(b) || std::max(a.size(), b.size()) < 16) {
    return compare_identifier(a, b);
  }
  const double left = javascript_number(a);
  const double right = javascript_number(b);
  return left < right   ? std::weak_ordering::less
         : left > right ? std::weak_ordering::greater
                        : std::weak_ordering::equivalent;
}

std::weak_ordering
compare(const NpmVersion& a, const NpmVersion& b)
{
  for (const auto number : {&NpmVersion::major, &NpmVersion::minor, &NpmVersion::patch}) {
    if (a.*number != b.*number) {
      return a.*number <=> b.*number;
    }
  }
  if (a.prerelease.empty() || b.prerelease.empty()) {
    return a.prerelease.empty() <=> b.prerelease.empty();
  }
  return compare_identifiers(a.prerelease, b.prerelease, compare_npm_identifier);
}

std::optional<std::string_view>
loose_prerelease(std::string_view text)
{
  // A hyphen belongs to the identifier only where nothing is left without it: "1.2.3-" has the prerelease "-".
  for (const std::string_view rest : {text.substr(text.starts_with('-') ? 1 : 0), text}) {
    if (are_identifiers(rest, LeadingZeros::taken)) {
      return rest;
    }
  }
  return std::nullopt;
}

std::optional<NpmVersion>
parse_npm_version(std::string_view text)
{
  if (text.size() > max_length) {
    return std::nullopt;
  }
  text = without_blanks(text);
  static_cast<void>(take_while(text, [](char c) { return is_any_of(c, "v= \t\n\v\f\r"); }));
  NpmVersion version;
  for (const auto number : {&NpmVersion::major, &NpmVersion::minor, &NpmVersion::patch}) {
    const auto taken = take_number(text);
    if (!taken || (number != &NpmVersion::patch && !take(text, '.'))) {
      return std::nullopt;
    }
    version.*number = *taken;
  }
  if (const std::size_t plus = text.find('+'); plus != std::string_view::npos) {
    if (!are_identifiers(text.substr(plus + 1), LeadingZeros::taken)) {
      return std::nullopt;
    }
    text = text.substr(0, plus);
  }
  if (!text.empty()) {
    const auto prerelease = loose_prerelease(text);
    if (!prerelease) {
      return std::nullopt;
    }
    version.prerelease = *prerelease;
  }
  return version;
}

std::string_view
without_blanks(std::string_view text)
{
  return without_ends(text, " \t\n\v\f\r");
}

}  // namespace sluice::deps
