// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sluice::env::shell {

/// A number of 64 bits, with two's complement for what is too large.
[[nodiscard]] constexpr std::int64_t
wrapped(std::uint64_t value)
{
  return static_cast<std::int64_t>(value);
}

/// What a binary operator of a shell's arithmetic makes of two numbers; nothing for a division by zero and a negative
/// power.
[[nodiscard]] std::optional<std::int64_t> apply(std::string_view sign, std::int64_t left, std::int64_t right);

}  // namespace sluice::env::shell
