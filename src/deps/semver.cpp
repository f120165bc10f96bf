// SPDX-License-Identifier: Apache-2.0
#include "deps/semver.hpp"

#include "base/number.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace sluice::deps {

namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::string_view identifier_characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-";

struct Parsed
{
  std::array<std::uint64_t, 3> numbers{};
  std::string_view prerelease;  ///< without the hyphen; empty: a release
};

bool
is_numeric(std::string_view identifier)
{
  return !identifier.empty() && identifier.find_first_not_of(digits) == std::string_view::npos;
}

bool
are_identifiers(std::string_view text, bool may_lead_with_zero)
{
  const std::vector<std::string_view> parts = split(text, '.');
  return std::all_of(parts.begin(), parts.end(), [may_lead_with_zero](std::string_view part) {
    return !part.empty() && part.find_first_not_of(identifier_characters) == std::string_view::npos
           && (may_lead_with_zero || part.size() == 1 || part.front() != '0' || !is_numeric(part));
  });
}

/// Takes a number without leading zeros from the front.
std::optional<std::uint64_t>
take_number(std::string_view& text, std::uint64_t maximum)
{
  const std::string_view written = text.substr(0, std::min(text.find_first_not_of(digits), text.size()));
  const auto number = number_of<std::uint64_t>(written);
  if (!number || *number > maximum || (written.size() > 1 && written.front() == '0')) {
    return std::nullopt;
  }
  text.remove_prefix(written.size());
  return number;
}

std::optional<Parsed>
parse(std::string_view text, const SemverDialect& dialect)
{
  if (!dialect.prefix.empty()) {
    text = trim(text);
    if (!text.empty() && dialect.prefix.find(text.front()) != std::string_view::npos) {
      text = trim(text.substr(1));
    }
  }
  Parsed parsed;
  for (std::size_t i = 0; i < 3; ++i) {
    if (i > 0) {
      if (!text.starts_with('.')) {
        return std::nullopt;
      }
      text.remove_prefix(1);
    }
    const auto number = take_number(text, dialect.max_number);
    if (!number) {
      return std::nullopt;
    }
    parsed.numbers[i] = *number;
  }
  if (const std::size_t plus = text.find('+'); plus != std::string_view::npos) {
    if (!are_identifiers(text.substr(plus + 1), true)) {
      return std::nullopt;
    }
    text = text.substr(0, plus);
  }
  if (text.empty()) {
    return parsed;
  }
  parsed.prerelease = text.substr(1);
  return text.front() == '-' && are_identifiers(parsed.prerelease, false) ? std::optional(parsed) : std::nullopt;
}

std::strong_ordering
compare_identifiers(std::string_view a, std::string_view b)
{
  const bool a_is_number = is_numeric(a);
  if (a_is_number != is_numeric(b)) {
    return a_is_number ? std::strong_ordering::less : std::strong_ordering::greater;
  }
  if (a_is_number && a.size() != b.size()) {
    return a.size() <=> b.size();
  }
  return a.compare(b) <=> 0;
}

std::strong_ordering
compare_prereleases(std::string_view a, std::string_view b)
{
  if (a.empty() || b.empty()) {
    return a.empty() <=> b.empty();
  }
  while (true) {
    const std::size_t a_end = std::min(a.find('.'), a.size());
    const std::size_t b_end = std::min(b.find('.'), b.size());
    if (const auto order = compare_identifiers(a.substr(0, a_end), b.substr(0, b_end)); order != 0) {
      return order;
    }
    if (a_end == a.size() || b_end == b.size()) {
      return (a_end != a.size()) <=> (b_end != b.size());
    }
    a.remove_prefix(a_end + 1);
    b.remove_prefix(b_end + 1);
  }
}

}  // namespace

std::optional<std::weak_ordering>
compare_semver(std::string_view a, std::string_view b, const SemverDialect& dialect)
{
  const auto left = parse(a, dialect);
  const auto right = parse(b, dialect);
  if (!left || !right) {
    return std::nullopt;
  }
  if (const auto order = left->numbers <=> right->numbers; order != 0) {
    return order;
  }
  return compare_prereleases(left->prerelease, right->prerelease);
}

}  // namespace sluice::deps
