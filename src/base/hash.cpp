// SPDX-License-Identifier: Apache-2.0
//
// OpenSSL's digests by their own functions and not by EVP, which OpenSSL 3 asks for instead: EVP sets up contexts,
// providers, error queues and keys for thread-specific data at its first digest, which takes a millisecond of a run
// that lasts three, on whatever thread it happens to be; OpenSSL 3.0 follows a null pointer there if other libraries
// have taken all such keys. These functions are the same code without any of that, and by themselves small: they are
// linked from the archive (cmake/Dependencies.cmake), and nothing here may call what brings more of libcrypto.
#define OPENSSL_SUPPRESS_DEPRECATED  // NOLINT: OpenSSL's own name
#include "base/hash.hpp"

#include <openssl/sha.h>
#include <zlib.h>

#include <algorithm>

namespace sluice {

Sha256
sha256(std::string_view bytes)
{
  return sha256(bytes, {});
}

std::array<std::uint8_t, 20>
sha1(std::string_view bytes)
{
  return sha1(bytes, {});
}

Sha256
sha256(std::string_view begin, std::string_view rest)
{
  Sha256 digest{};
  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Update(&context, begin.data(), begin.size());
  SHA256_Update(&context, rest.data(), rest.size());
  SHA256_Final(digest.data(), &context);
  return digest;
}

std::array<std::uint8_t, 20>
sha1(std::string_view begin, std::string_view rest)
{
  std::array<std::uint8_t, 20> digest{};
  SHA_CTX context;
  SHA1_Init(&context);
  SHA1_Update(&context, begin.data(), begin.size());
  SHA1_Update(&context, rest.data(), rest.size());
  SHA1_Final(digest.data(), &context);
  return digest;
}

// RFC 2104.
Sha256
hmac_sha256(std::string_view key, std::string_view bytes)
{
  constexpr std::size_t block = 64;
  const Sha256 hashed = key.size() > block ? sha256(key) : Sha256{};
  if (key.size() > block) {
    key = {reinterpret_cast<const char*>(hashed.data()), hashed.size()};
  }
  std::array<char, block> inner{};
  std::array<char, block> outer{};
  std::copy(key.begin(), key.end(), inner.begin());
  std::copy(key.begin(), key.end(), outer.begin());
  for (std::size_t i = 0; i < block; ++i) {
    inner[i] = static_cast<char>(inner[i] ^ 0x36);
    outer[i] = static_cast<char>(outer[i] ^ 0x5C);
  }
  const Sha256 first = sha256({inner.data(), block}, bytes);
  return sha256({outer.data(), block}, {reinterpret_cast<const char*>(first.data()), first.size()});
}

std::uint32_t
crc32(std::string_view bytes)
{
  return static_cast<std::uint32_t>(crc32_z(0, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()));
}

std::string
to_hex(std::span<const std::uint8_t> bytes)
{
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) {
    hex += digits[byte >> 4U];
    hex += digits[byte & 15U];
  }
  return hex;
}

namespace {

int
base64_value(char c)
{
  if (c >= 'A' && c <= 'Z') {
    return c - 'A';
  }
  if (c >= 'a' && c <= 'z') {
    return c - 'a' + 26;
  }
  if (c >= '0' && c <= '9') {
    return c - '0' + 52;
  }
  if (c == '+' || c == '-') {
    return 62;
  }
  return c == '/' || c == '_' ? 63 : -1;
}

}  // namespace

std::optional<std::string>
from_hex(std::string_view hex)
{
  if (hex.size() % 2 != 0) {
    return std::nullopt;
  }
  std::string bytes;
  bytes.reserve(hex.size() / 2);
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const int high = hex_value(hex[i]);
    const int low = hex_value(hex[i + 1]);
    if (high < 0 || low < 0) {
      return std::nullopt;
    }
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

std::optional<std::string>
from_base64(std::string_view text)
{
  while (text.ends_with('=')) {
    text.remove_suffix(1);
  }
  if (text.size() % 4 == 1) {
    return std::nullopt;
  }
  std::string bytes;
  bytes.reserve(text.size() * 3 / 4);
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : text) {
    const int value = base64_value(c);
    if (value < 0) {
      return std::nullopt;
    }
    bits = (bits << 6U) | static_cast<std::uint32_t>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes += static_cast<char>((bits >> count) & 0xFFU);
    }
  }
  return bytes;
}

std::string
to_base64(std::string_view bytes)
{
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : bytes) {
    bits = (bits << 8U) | static_cast<std::uint8_t>(c);
    for (count += 8; count >= 6; count -= 6) {
      text += digits[(bits >> (count - 6)) & 63U];
    }
  }
  if (count > 0) {
    text += digits[(bits << (6 - count)) & 63U];
  }
  text.resize((bytes.size() + 2) / 3 * 4, '=');
  return text;
}

}  // namespace sluice
