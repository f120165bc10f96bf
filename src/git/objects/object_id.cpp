// SPDX-License-Identifier: Apache-2.0
#include "git/object_id.hpp"

#include "base/hash.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::git {

std::string_view
name_of(ObjectKind kind)
{
  constexpr std::array<std::string_view, 4> names{"commit", "tree", "blob", "tag"};
  return names.at(static_cast<std::size_t>(kind) - 1);
}

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

ObjectId
ObjectId::hash(std::string_view begin, std::string_view rest, std::uint8_t size)
{
  constexpr std::uint8_t sha256_size = 32;
  return size == sha256_size ? from_raw(sha256(begin, rest).data(), size) : from_raw(sha1(begin, rest).data(), size);
}

ObjectId
ObjectId::of(ObjectKind kind, std::string_view content, std::uint8_t size)
{
  std::string header = fmt::format("{} {}", name_of(kind), content.size());
  header += '\0';
  return hash(header, content, size);
}

}  // namespace sluice::git
