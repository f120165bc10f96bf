// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sluice {

/// Has OpenSSL set itself up; what a second call does is three digests of nothing. To be called before other threads
/// and libraries are at work. Without it the first digest does this, on whatever thread and however late:
/// - where other libraries have taken all keys for thread-specific data by then, OpenSSL 3.0 follows a null pointer
///   (EVP_MD_fetch without a default context);
/// - its clean-up at exit, registered at that moment, runs before everything that was registered earlier, so that a
///   thread which ends in a static's destructor leaks what OpenSSL keeps for each thread (904 bytes of error queue).
void begin_hashing();

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
/// Nothing if the length is odd or a character is not hexadecimal.
[[nodiscard]] std::optional<std::string> from_hex(std::string_view hex);

/// Standard (+/) or URL-safe (-_) alphabet, padding optional. Nothing on any other character.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);
[[nodiscard]] std::string to_base64(std::string_view bytes);

}  // namespace sluice
