// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/mapped_file.hpp"
#include "base/result.hpp"
#include "git/object_id.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

namespace sluice::git {

/// A half-open range of ordinals.
struct OrdinalRange
{
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// A pack's index, version 1 or 2 (git's Documentation/gitformat-pack), mapped. An object's ordinal is its place in the
/// order of ids. Opening checks the header, the fan-out table and the file's size against each other; that ids are
/// sorted and offsets lie within the pack is checked where they are used, because no walk should read the index twice.
class PackIndex
{
public:
  /// Errors: ErrorKind::input, naming the file.
  [[nodiscard]] static Result<PackIndex> open(const std::filesystem::path& path, std::uint8_t id_size);

  [[nodiscard]] std::uint32_t
  count() const
  {
    return count_;
  }
  [[nodiscard]] const std::uint8_t*
  raw_id(std::uint32_t ordinal) const
  {
    return reinterpret_cast<const std::uint8_t*>(ids_ + std::size_t{ordinal} * id_stride_);
  }
  [[nodiscard]] ObjectId
  id(std::uint32_t ordinal) const
  {
    return ObjectId::from_raw(raw_id(ordinal), id_size_);
  }

  /// Where the object's entry starts in the pack; beyond any pack's end if the index is corrupt there.
  [[nodiscard]] std::uint64_t offset(std::uint32_t ordinal) const;

  [[nodiscard]] std::optional<std::uint32_t> find(const ObjectId& id) const;

  /// The objects whose first byte is `first_byte`.
  [[nodiscard]] OrdinalRange with_first_byte(std::uint8_t first_byte) const;

  /// The first object whose id is not less than `id`.
  [[nodiscard]] std::uint32_t lower_bound(const ObjectId& id) const;

  /// The checksum of the pack that this is the index of.
  [[nodiscard]] std::string_view pack_checksum() const;

private:
  PackIndex(MappedFile file, std::uint8_t id_size)
      : file_(std::move(file)),
        id_size_(id_size)
  {}
  [[nodiscard]] Result<> read_layout(const std::filesystem::path& path);
  [[nodiscard]] Result<> read_fanout(const std::filesystem::path& path);

  MappedFile file_;
  std::uint8_t id_size_;
  std::uint32_t version_ = 2;
  std::uint32_t count_ = 0;
  std::uint32_t large_offset_count_ = 0;
  const char* fanout_ = nullptr;
  const char* ids_ = nullptr;
  std::size_t id_stride_ = 0;
  const char* offsets_ = nullptr;
  const char* large_offsets_ = nullptr;
};

}  // namespace sluice::git
