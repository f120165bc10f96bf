// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/mapped_file.hpp"
#include "base/result.hpp"
#include "git/object_id.hpp"
#include "git/objects/decode_fault.hpp"
#include "git/objects/pack_index.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

namespace sluice::git {

/// As stored in an entry's header; the first four are ObjectKind's values.
enum class EntryType : std::uint8_t { commit = 1, tree = 2, blob = 3, tag = 4, offset_delta = 6, id_delta = 7 };

[[nodiscard]] constexpr bool
is_delta(EntryType type)
{
  return type == EntryType::offset_delta || type == EntryType::id_delta;
}

/// The header of one object in a pack.
struct PackEntry
{
  EntryType type = EntryType::blob;
  std::uint64_t size = 0;              ///< inflated: of the object, or of the delta
  std::uint64_t base_offset = 0;       ///< of an offset_delta
  const std::uint8_t* base = nullptr;  ///< raw id, of an id_delta
  std::string_view compressed;         ///< from the start of the stream to the end of the pack
};

/// A pack and its index, both mapped. The pack's checksum is compared with the one that the index names but never
/// recomputed, and neither are the ids of objects: a gate that reads all of them has no time to hash them, and who can
/// forge the ids of a pack can forge its checksums.
class Pack
{
public:
  /// `pack_path` ends in ".pack"; its index is beside it. Errors: ErrorKind::input, naming the file.
  [[nodiscard]] static Result<Pack> open(const std::filesystem::path& pack_path, std::uint8_t id_size);

  [[nodiscard]] const PackIndex&
  index() const
  {
    return index_;
  }
  [[nodiscard]] const std::filesystem::path&
  path() const
  {
    return path_;
  }
  [[nodiscard]] std::uint64_t
  file_size() const
  {
    return file_.bytes().size();
  }

  /// Whether the checksum at its end is that of its bytes; reads all of the file.
  [[nodiscard]] bool is_intact() const;

  /// Nothing if `offset` is not within the pack's entries or there is no well-formed header.
  [[nodiscard]] std::optional<PackEntry> entry(std::uint64_t offset) const;

private:
  Pack(std::filesystem::path path, MappedFile file, PackIndex index, std::uint8_t id_size)
      : path_(std::move(path)),
        file_(std::move(file)),
        index_(std::move(index)),
        id_size_(id_size)
  {}
  [[nodiscard]] Result<> check(const std::filesystem::path& path) const;

  std::filesystem::path path_;
  MappedFile file_;
  PackIndex index_;
  std::uint8_t id_size_;
};

}  // namespace sluice::git
