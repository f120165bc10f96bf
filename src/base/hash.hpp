// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sluice {

using Sha256 = std::array<std::uint8_t, 32>;

[[nodiscard]] Sha256 sha256(std::string_view bytes);
[[nodiscard]] std::array<std::uint8_t, 20> sha1(std::string_view bytes);
/// Of `begin` and `rest` one after the other.
[[nodiscard]] Sha256 sha256(std::string_view begin, std::string_view rest);
[[nodiscard]] std::array<std::uint8_t, 20> sha1(std::string_view begin, std::string_view rest);
[[nodiscard]] Sha256 hmac_sha256(std::string_view key, std::string_view bytes);

/// CRC-32 as of IEEE 802.3 (zlib's).
[[nodiscard]] std::uint32_t crc32(std::string_view bytes);

/// Lower-case hexadecimal.
[[nodiscard]] std::string to_hex(std::span<const std::uint8_t> bytes);
/// Of a hexadecimal digit; -1 if it is none.
[[nodiscard]] constexpr int
hex_value(char c)
{
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  if (c >= 'a' && c <= 'f') {
    return c - 'a' + 10;
  }
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}
/// Nothing if the length is odd or a character is not hexadecimal.
[[nodiscard]] std::optional<std::string> from_hex(std::string_view hex);

/// Standard (+/) or URL-safe (-_) alphabet, padding optional. Nothing on any other character.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);
[[nodiscard]] std::string to_base64(std::string_view bytes);

}  // namespace sluice
