// SPDX-License-Identifier: Apache-2.0
#include "deps/scheme.hpp"
#include "deps/version_text.hpp"

namespace sluice::deps {

namespace {

// Cabal's `Version`: numbers of at most nine digits without leading zeros, dots between; compared as lists, so that "1"
// comes before "1.0". The tags of long ago ("1.0-beta") are read and do not count.
constexpr std::size_t max_digits = 9;

bool
take_number(std::string_view& text)
{
  const std::string_view digits = take_digits(text);
  return !digits.empty() && digits.size() <= max_digits && (digits.size() == 1 || digits.front() != '0');
}

/// The numbers alone.
std::optional<std::string_view>
parse(std::string_view text)
{
  std::string_view rest = text;
  do {
    if (!take_number(rest)) {
      return std::nullopt;
    }
  } while (take(rest, '.'));
  const std::string_view numbers = text.substr(0, text.size() - rest.size());
  while (take(rest, '-')) {
    if (take_while(rest, is_alphanumeric).empty()) {
      return std::nullopt;
    }
  }
  return rest.empty() ? std::optional(numbers) : std::nullopt;
}

std::weak_ordering
compare_lists(std::string_view a, std::string_view b)
{
  while (!a.empty() && !b.empty()) {
    if (const auto order = compare_numbers(take_part(a, '.'), take_part(b, '.')); order != 0) {
      return order;
    }
  }
  return !a.empty() <=> !b.empty();
}

}  // namespace

extern const Scheme scheme_hackage{.id = "hackage", .compare = [](std::string_view a, std::string_view b) {
                                     return compare_parsed(a, b, parse, compare_lists);
                                   }};

}  // namespace sluice::deps
