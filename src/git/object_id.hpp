// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::git {

/// As packs number them.
enum class ObjectKind : std::uint8_t { commit = 1, tree = 2, blob = 3, tag = 4 };

/// "commit", "tree", …
[[nodiscard]] std::string_view name_of(ObjectKind kind);

/// The name of an object: 20 bytes of SHA-1 or 32 of SHA-256. The rest of the array is zero.
struct ObjectId
{
  std::array<std::uint8_t, 32> bytes{};
  std::uint8_t size = 20;

  auto operator<=>(const ObjectId&) const = default;

  [[nodiscard]] std::string hex() const;
  /// The first 8 digits, for people.
  [[nodiscard]] std::string
  brief() const
  {
    return hex().substr(0, 8);
  }
  [[nodiscard]] bool is_zero() const;

  /// Reads 40 or 64 hexadecimal digits.
  [[nodiscard]] static std::optional<ObjectId> from_hex(std::string_view hex);
  /// Takes 20 or 32 raw bytes.
  [[nodiscard]] static ObjectId from_raw(const std::uint8_t* raw, std::uint8_t size);
  /// The hash of `begin` and `rest` one after the other, SHA-1 or SHA-256 by its size.
  [[nodiscard]] static ObjectId hash(std::string_view begin, std::string_view rest, std::uint8_t size);
  /// The id that git gives an object; `size`: 20 or 32.
  [[nodiscard]] static ObjectId of(ObjectKind kind, std::string_view content, std::uint8_t size);
};

}  // namespace sluice::git

template<> struct std::hash<sluice::git::ObjectId>
{
  std::size_t
  operator()(const sluice::git::ObjectId& id) const noexcept
  {
    std::size_t value = 0;
    std::memcpy(&value, id.bytes.data(), sizeof value);
    return value;
  }
};
