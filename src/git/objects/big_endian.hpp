// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstring>

namespace sluice::git {

/// Four bytes in network order, at any alignment.
[[nodiscard]] inline std::uint32_t
read_u32(const char* bytes)
{
  std::uint32_t value = 0;
  std::memcpy(&value, bytes, sizeof value);
  return __builtin_bswap32(value);
}

[[nodiscard]] inline std::uint64_t
read_u64(const char* bytes)
{
  std::uint64_t value = 0;
  std::memcpy(&value, bytes, sizeof value);
  return __builtin_bswap64(value);
}

}  // namespace sluice::git
