// SPDX-License-Identifier: Apache-2.0
#include "deps/scheme.hpp"
#include "deps/semver.hpp"
#include "deps/version_text.hpp"

#include <charconv>
#include <limits>

namespace sluice::deps {

namespace {

// node-semver 7, strict: blanks around and one leading "v" are taken off, at most 256 characters, no number above
// 2^53 - 1. Two numeric identifiers of a prerelease are JavaScript numbers, so that beyond 2^53 neighbours are the
// same.
constexpr std::size_t max_length = 256;
constexpr SemverDialect dialect{.prefix = "v", .max_number = 9007199254740991U};

double
javascript_number(std::string_view digits)
{
  double number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return error == std::errc::result_out_of_range ? std::numeric_limits<double>::infinity() : number;
}

std::weak_ordering
compare_javascript_identifier(std::string_view a, std::string_view b)
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

std::string_view
without_blanks(std::string_view text)
{
  constexpr std::string_view blanks = " \t\n\v\f\r";
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  return text.substr(0, text.find_last_not_of(blanks) + 1);
}

std::optional<Semver>
parse(std::string_view text)
{
  return text.size() > max_length ? std::nullopt : parse_semver(without_blanks(text), dialect);
}

std::weak_ordering
compare_javascript(const Semver& a, const Semver& b)
{
  return compare_precedence(a, b, compare_javascript_identifier);
}

}  // namespace

extern const Scheme scheme_npm{.id = "npm", .compare = [](std::string_view a, std::string_view b) {
                                 return compare_parsed(a, b, parse, compare_javascript);
                               }};

}  // namespace sluice::deps
