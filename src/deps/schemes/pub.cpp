// SPDX-License-Identifier: Apache-2.0
#include "base/number.hpp"
#include "deps/scheme.hpp"
#include "deps/semver.hpp"
#include "deps/version_text.hpp"

#include <limits>

namespace sluice::deps {

namespace {

// Dart's pub_semver: leading zeros are taken and do not count; build metadata do count, behind those without; an
// identifier is a number if `int.tryParse` takes it, so with a sign, in hexadecimal, and only up to 64 bits.
constexpr SemverDialect dialect{.max_number = std::numeric_limits<std::int64_t>::max(),
                                .leading_zeros = LeadingZeros::taken};

std::optional<std::int64_t>
dart_integer(std::string_view text)
{
  const bool is_negative = take(text, '-');
  const bool is_hexadecimal = text.starts_with("0x") || text.starts_with("0X");
  const std::string_view digits = without_leading_zeros(is_hexadecimal ? text.substr(2) : text);
  if (text.empty() || (is_hexadecimal && text.size() == 2)) {
    return std::nullopt;
  }
  std::uint64_t value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, is_hexadecimal ? 16 : 10);
  const std::uint64_t limit = std::numeric_limits<std::int64_t>::max() + std::uint64_t{is_negative};
  const bool is_whole = digits.empty() || (error == std::errc() && end == digits.data() + digits.size());
  if (!is_whole || (!is_hexadecimal && value > limit)) {
    return std::nullopt;
  }
  return static_cast<std::int64_t>(is_negative ? 0 - value : value);
}

std::weak_ordering
compare_dart_identifier(std::string_view a, std::string_view b)
{
  const auto left = dart_integer(a);
  const auto right = dart_integer(b);
  if (left && right) {
    return *left <=> *right;
  }
  return left || right ? right.has_value() <=> left.has_value() : compare_bytes(a, b);
}

std::weak_ordering
compare_dart(const Semver& a, const Semver& b)
{
  if (const auto order = compare_precedence(a, b, compare_dart_identifier); order != 0) {
    return order;
  }
  if (a.build.empty() || b.build.empty()) {
    return !a.build.empty() <=> !b.build.empty();
  }
  return compare_identifiers(a.build, b.build, compare_dart_identifier);
}

std::optional<Semver>
parse(std::string_view text)
{
  return parse_semver(text, dialect);
}

}  // namespace

extern const Scheme scheme_pub{.id = "pub", .compare = [](std::string_view a, std::string_view b) {
                                 return compare_parsed(a, b, parse, compare_dart);
                               }};

}  // namespace sluice::deps
