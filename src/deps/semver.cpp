// SPDX-License-Identifier: Apache-2.0
#include "deps/semver.hpp"

#include "base/number.hpp"
#include "deps/version_text.hpp"

namespace sluice::deps {

namespace {

bool
is_identifier_character(char character)
{
  return is_alphanumeric(character) || character == '-';
}

bool
is_identifier(std::string_view text, LeadingZeros leading_zeros)
{
  return !text.empty() && std::all_of(text.begin(), text.end(), is_identifier_character)
         && (leading_zeros == LeadingZeros::taken || text.size() == 1 || text.front() != '0' || !is_numeric(text));
}

bool
is_number(std::string_view digits, const SemverDialect& dialect)
{
  if (digits.empty()
      || (dialect.leading_zeros == LeadingZeros::refused && digits.size() > 1 && digits.front() == '0')) {
    return false;
  }
  if (!dialect.max_number) {
    return true;
  }
  const std::string_view significant = without_leading_zeros(digits);
  const auto number = number_of<std::uint64_t>(significant.empty() ? "0" : significant);
  return number && *number <= *dialect.max_number;
}

bool
take_numbers(std::string_view& text, Semver& version, const SemverDialect& dialect)
{
  do {
    const std::string_view digits = take_digits(text);
    if (!is_number(digits, dialect)) {
      return false;
    }
    version.numbers[version.written++] = digits;
  } while (version.written < 3 && take(text, '.'));
  return version.written >= dialect.least_numbers;
}

}  // namespace

bool
are_identifiers(std::string_view text, LeadingZeros leading_zeros)
{
  for (bool is_last = false; !is_last;) {
    is_last = text.find('.') == std::string_view::npos;
    if (!is_identifier(take_part(text, '.'), leading_zeros)) {
      return false;
    }
  }
  return true;
}

std::optional<Semver>
parse_semver(std::string_view text, const SemverDialect& dialect)
{
  if (!text.empty() && dialect.prefix.find(text.front()) != std::string_view::npos) {
    text.remove_prefix(1);
  }
  Semver version;
  if (!take_numbers(text, version, dialect)) {
    return std::nullopt;
  }
  if (!text.empty() && version.written < 3 && dialect.shorter == Short::release_only) {
    return std::nullopt;
  }
  if (const std::size_t plus = text.find('+'); plus != std::string_view::npos) {
    version.build = text.substr(plus + 1);
    text = text.substr(0, plus);
    if (!are_identifiers(version.build, LeadingZeros::taken)) {
      return std::nullopt;
    }
  }
  if (text.empty()) {
    return version;
  }
  version.prerelease = text.substr(1);
  const bool is_right = text.front() == '-' && are_identifiers(version.prerelease, dialect.leading_zeros);
  return is_right ? std::optional(version) : std::nullopt;
}

std::weak_ordering
compare_identifier(std::string_view a, std::string_view b)
{
  const bool a_is_number = is_numeric(a);
  const bool b_is_number = is_numeric(b);
  if (a_is_number != b_is_number) {
    return a_is_number ? std::weak_ordering::less : std::weak_ordering::greater;
  }
  return a_is_number ? compare_numbers(a, b) : compare_bytes(a, b);
}

std::weak_ordering
compare_identifiers(std::string_view a, std::string_view b, IdentifierOrder order)
{
  while (!a.empty() && !b.empty()) {
    const std::string_view left = take_part(a, '.');
    const std::string_view right = take_part(b, '.');
    if (const auto found = order(left, right); found != 0) {
      return found;
    }
  }
  return !a.empty() <=> !b.empty();
}

std::weak_ordering
compare_precedence(const Semver& a, const Semver& b, IdentifierOrder order)
{
  for (std::size_t i = 0; i < a.numbers.size(); ++i) {
    if (const auto found = compare_numbers(a.numbers[i], b.numbers[i]); found != 0) {
      return found;
    }
  }
  if (a.prerelease.empty() || b.prerelease.empty()) {
    return a.prerelease.empty() <=> b.prerelease.empty();
  }
  return compare_identifiers(a.prerelease, b.prerelease, order);
}

std::optional<std::weak_ordering>
compare_semver(std::string_view a, std::string_view b, const SemverDialect& dialect)
{
  return compare_parsed(
      a, b, [&dialect](std::string_view text) { return parse_semver(text, dialect); },
      [](const Semver& left, const Semver& right) { return compare_precedence(left, right); });
}

}  // namespace sluice::deps
