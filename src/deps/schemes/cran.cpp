// SPDX-License-Identifier: Apache-2.0
#include "base/number.hpp"
#include "deps/scheme.hpp"
#include "deps/version_text.hpp"

namespace sluice::deps {

namespace {

// R's `package_version`: at least two numbers with dots or hyphens between, which mean the same; the shorter
// one is filled up with zeros (its operators; `utils::compareVersion` does not). A number that is no integer of R's 32
// bits makes no version.
bool
take_number(std::string_view& text)
{
  const std::string_view digits = take_digits(text);
  const std::string_view significant = without_leading_zeros(digits);
  return !digits.empty() && (significant.empty() || number_of<std::int32_t>(significant));
}

bool
take_separator(std::string_view& text)
{
  return take(text, '.') || take(text, '-');
}

std::optional<std::string_view>
parse(std::string_view text)
{
  std::string_view rest = text;
  std::size_t count = 0;
  do {
    if (!take_number(rest)) {
      return std::nullopt;
    }
    ++count;
  } while (take_separator(rest));
  return rest.empty() && count > 1 ? std::optional(text) : std::nullopt;
}

std::weak_ordering
compare_numbers_in_turn(std::string_view a, std::string_view b)
{
  while (!a.empty() || !b.empty()) {
    if (const auto order = compare_numbers(take_digits(a), take_digits(b)); order != 0) {
      return order;
    }
    a.remove_prefix(a.empty() ? 0 : 1);
    b.remove_prefix(b.empty() ? 0 : 1);
  }
  return std::weak_ordering::equivalent;
}

}  // namespace

extern const Scheme scheme_cran{.id = "cran", .compare = [](std::string_view a, std::string_view b) {
                                  return compare_parsed(a, b, parse, compare_numbers_in_turn);
                                }};

}  // namespace sluice::deps
