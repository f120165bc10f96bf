// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sluice::credentials {

/// How many bits somebody has to guess who knows how people make secrets, at most 256. A value below `weak_bits` can be
/// found by trying, so that a digest of it is as good as the value.
///
/// Version 1, frozen: fingerprints depend on which side of `weak_bits` a value is, and baselines on fingerprints. A
/// better estimate is a new function with a new key, never a change of this one.
[[nodiscard]] std::uint32_t strength_bits_v1(std::string_view value);

inline constexpr std::uint32_t weak_bits = 80;

[[nodiscard]] inline bool
is_weak(std::string_view value)
{
  return strength_bits_v1(value) < weak_bits;
}

/// The length of a value as it may be told: of a weak one only roughly, for it is part of what has to be guessed.
[[nodiscard]] std::string length_text(std::string_view value);

}  // namespace sluice::credentials
