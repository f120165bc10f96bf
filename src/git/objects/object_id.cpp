// SPDX-License-Identifier: Apache-2.0
#include "git/object_id.hpp"

#include "base/hash.hpp"

#include <algorithm>

namespace sluice::git {

std::string
ObjectId::hex() const
{
  return to_hex(std::span(bytes).first(size));
}

bool
ObjectId::is_zero() const
{
  return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

std::optional<ObjectId>
ObjectId::from_hex(std::string_view hex)
{
  if (hex.size() != 40 && hex.size() != 64) {
    return std::nullopt;
  }
  const auto raw = sluice::from_hex(hex);
  if (!raw) {
    return std::nullopt;
  }
  return from_raw(reinterpret_cast<const std::uint8_t*>(raw->data()), static_cast<std::uint8_t>(raw->size()));
}

ObjectId
ObjectId::from_raw(const std::uint8_t* raw, std::uint8_t size)
{
  ObjectId id;
  id.size = size;
  std::memcpy(id.bytes.data(), raw, size);
  return id;
}

}  // namespace sluice::git
