// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "git/object_id.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice::git::test {

/// A zlib stream of stored blocks, so that tests decide every byte.
[[nodiscard]] std::string zlib_stored(std::string_view content);

/// A delta made of instructions.
class DeltaText
{
public:
  DeltaText(std::uint64_t base_size, std::uint64_t result_size);
  DeltaText& copy(std::uint32_t offset, std::uint32_t size);
  DeltaText& insert(std::string_view bytes);
  [[nodiscard]] const std::string&
  bytes() const
  {
    return bytes_;
  }

private:
  std::string bytes_;
};

/// An id that ends in `number`: ids of forged packs name nothing.
[[nodiscard]] ObjectId numbered_id(std::uint32_t number, std::uint8_t first_byte = 0x11);

/// Writes packs as no git would: any header, any delta, any id. Types as in the format: 1 commit, 2 tree, 3 blob,
/// 6 delta by offset, 7 delta by id.
class PackForge
{
public:
  PackForge();

  /// The entry's offset. `size` is what the header declares; `stream` what follows it.
  std::uint64_t add(const ObjectId& id, unsigned type, std::uint64_t size, std::string_view stream);
  std::uint64_t add_blob(const ObjectId& id, std::string_view content);
  std::uint64_t add_delta(const ObjectId& id, std::uint64_t base_offset, std::string_view delta);
  std::uint64_t add_delta(const ObjectId& id, const ObjectId& base, std::string_view delta);
  /// An index entry that points anywhere.
  void list(const ObjectId& id, std::uint64_t offset);

  /// Writes `pack-<name>.pack` and its index of version 1 or 2 into `directory`; with `large`, every offset goes
  /// through the table of 64-bit offsets.
  void write(const std::filesystem::path& directory, std::string_view name, int version = 2, bool large = false);

  [[nodiscard]] std::string checksum() const;

private:
  [[nodiscard]] std::string index(int version, bool large) const;

  std::string pack_;
  std::vector<std::pair<ObjectId, std::uint64_t>> entries_;
};

}  // namespace sluice::git::test
