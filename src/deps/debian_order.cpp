// SPDX-License-Identifier: Apache-2.0
#include "deps/debian_order.hpp"

#include "deps/version_text.hpp"

namespace sluice::deps {

namespace {

/// A digit and the end weigh the same: there the run of other characters is over.
int
weight(std::string_view text)
{
  if (text.empty() || is_digit(text.front())) {
    return 0;
  }
  const auto character = static_cast<unsigned char>(text.front());
  return character == '~' ? -1 : is_letter(text.front()) ? character : character + 256;
}

}  // namespace

std::weak_ordering
compare_debian_part(std::string_view a, std::string_view b)
{
  while (!a.empty() || !b.empty()) {
    while (weight(a) != 0 || weight(b) != 0) {
      if (weight(a) != weight(b)) {
        return weight(a) <=> weight(b);
      }
      a.remove_prefix(1);
      b.remove_prefix(1);
    }
    if (const auto order = compare_numbers(take_digits(a), take_digits(b)); order != 0) {
      return order;
    }
  }
  return std::weak_ordering::equivalent;
}

}  // namespace sluice::deps
