// SPDX-License-Identifier: Apache-2.0
//
// A hash for tables in memory, of names of a few tens of bytes. Every byte counts; of no use where somebody else must
// get the same one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace sluice {

namespace detail {

template<typename Word>
[[nodiscard]] inline std::uint64_t
word_at(const char* at)
{
  Word word = 0;
  std::memcpy(&word, at, sizeof word);
  return word;
}

/// Both halves of the product, so that each bit of the factors reaches each of the result.
[[nodiscard]] inline std::uint64_t
folded(std::uint64_t a, std::uint64_t b)
{
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

/// Up to eight bytes, each at least once.
[[nodiscard]] inline std::uint64_t
short_word(const char* at, std::size_t size)
{
  if (size >= 4) {
    return word_at<std::uint32_t>(at) << 32U | word_at<std::uint32_t>(at + size - 4);
  }
  const auto byte = [at](std::size_t index) { return std::uint64_t{static_cast<unsigned char>(at[index])}; };
  return size == 0 ? 0 : byte(0) << 16U | byte(size / 2) << 8U | byte(size - 1);
}

}  // namespace detail

[[nodiscard]] inline std::uint64_t
quick_hash(std::string_view text)
{
  constexpr std::uint64_t first = 0x9E3779B97F4A7C15U;  // odd, and no pattern in their bits
  constexpr std::uint64_t second = 0xD6E8FEB86659FD93U;
  const char* at = text.data();
  std::size_t left = text.size();
  std::uint64_t hash = first ^ text.size();
  for (; left > 16; left -= 16, at += 16) {
    hash = detail::folded(hash ^ detail::word_at<std::uint64_t>(at), second ^ detail::word_at<std::uint64_t>(at + 8));
  }
  const bool is_long = left > 8;
  const std::uint64_t begin = is_long ? detail::word_at<std::uint64_t>(at) : detail::short_word(at, left);
  const std::uint64_t end = is_long ? detail::word_at<std::uint64_t>(at + left - 8) : 0;
  return detail::folded(detail::folded(hash ^ begin, second ^ end), first);
}

}  // namespace sluice
