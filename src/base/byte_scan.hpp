// SPDX-License-Identifier: Apache-2.0
//
// Long texts gone over many bytes at a time.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace sluice {

/// Behind the spaces that a line begins with.
[[nodiscard]] inline const char*
behind_spaces(const char* at, const char* end)
{
  if constexpr (std::endian::native == std::endian::little) {
    for (; end - at >= 8; at += 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, at, sizeof word);
      word ^= 0x2020202020202020U;
      if (word != 0) {
        return at + std::countr_zero(word) / 8;
      }
    }
  }
  while (at != end && *at == ' ') {
    ++at;
  }
  return at;
}

/// Finds two characters and those below the space.
template<char First, char Second> class ByteScan
{
public:
  /// The first of them from `at` on; `end` if there is none.
  [[nodiscard]] const char*
  special(const char* at, const char* end)
  {
    unsigned others = 0;
#ifdef __SSE2__
    for (; end - at >= 16; at += 16) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
      const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
      const __m128i wanted =
          _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(First)), _mm_cmpeq_epi8(bytes, _mm_set1_epi8(Second)));
      const auto found = static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(control, wanted)));
      others |= static_cast<unsigned>(_mm_movemask_epi8(bytes));
      if (found != 0) {
        others_ |= others;
        return at + std::countr_zero(found);
      }
    }
#endif
    for (; at != end; ++at) {
      const auto byte = static_cast<unsigned char>(*at);
      others |= byte & 0x80U;
      if (byte < ' ' || *at == First || *at == Second) {
        break;
      }
    }
    others_ |= others;
    return at;
  }

  /// Whether any byte that was gone over, or stood right behind, is not ASCII.
  [[nodiscard]] bool
  has_others() const
  {
    return others_ != 0;
  }

private:
  unsigned others_ = 0;
};

}  // namespace sluice
