// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace sluice {

/// Specialise with `static constexpr std::array<std::string_view, N> names`, one kebab-case name per
/// enumerator in order, to make an enumeration printable, parsable and usable as an option.
template<typename E> struct EnumNames;

template<typename E>
concept NamedEnum = requires
{
  EnumNames<E>::names.size();
};

template<NamedEnum E>
[[nodiscard]] constexpr std::string_view
name_of(E value)
{
  return EnumNames<E>::names.at(static_cast<std::size_t>(value));
}

template<NamedEnum E>
[[nodiscard]] constexpr std::optional<E>
from_name(std::string_view name)
{
  for (std::size_t i = 0; i < EnumNames<E>::names.size(); ++i) {
    if (EnumNames<E>::names[i] == name) {
      return static_cast<E>(i);
    }
  }
  return std::nullopt;
}

}  // namespace sluice
