// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sluice {

/// Has OpenSSL set itself up, on the thread that calls; costs a millisecond once. To be called before another thread is
/// started. Without it the first digest does this, whenever and on whatever thread: too late if other libraries have
/// taken all keys for thread-specific data by then (a null pointer inside OpenSSL), and its clean-up at exit would run
/// before the end of threads that statics of ours still join, which hold memory of OpenSSL's.
void begin_hashing();

using Sha256 = std::array<std::uint8_t, 32>;

[[nodiscard]] Sha256 sha256(std::string_view bytes);
[[nodiscard]] std::array<std::uint8_t, 20> sha1(std::string_view bytes);
[[nodiscard]] Sha256 hmac_sha256(std::string_view key, std::string_view bytes);

/// CRC-32 as of IEEE 802.3 (zlib's).
[[nodiscard]] std::uint32_t crc32(std::string_view bytes);

/// Lower-case hexadecimal.
[[nodiscard]] std::string to_hex(std::span<const std::uint8_t> bytes);
/// Nothing if the length is odd or a character is not hexadecimal.
[[nodiscard]] std::optional<std::string> from_hex(std::string_view hex);

/// Standard (+/) or URL-safe (-_) alphabet, padding optional. Nothing on any other character.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);
[[nodiscard]] std::string to_base64(std::string_view bytes);

}  // namespace sluice
