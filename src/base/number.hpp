// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <charconv>
#include <optional>
#include <string_view>

namespace sluice {

/// The whole text as a decimal number: nothing for a text that is empty, holds anything else (a space, a plus, a unit),
/// or is out of the arithmetic type's range. Of a floating-point type "inf" and "nan" are numbers too.
template<typename Number>
[[nodiscard]] std::optional<Number>
number_of(std::string_view text)
{
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

}  // namespace sluice
