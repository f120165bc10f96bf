// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/finding.hpp"
#include "git/objects/buffer.hpp"
#include "git/objects/inflate.hpp"
#include "git/repository.hpp"

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

namespace sluice::git {

/// An object inflated from its own file. `content` points into `storage`.
struct LooseObject
{
  ObjectKind kind = ObjectKind::blob;
  std::string_view content;
  std::uint64_t file_size = 0;
  Buffer storage;
};

/// The objects of one objects directory that have a file each: "ab/cdef…" is the zlib stream of "<kind> <size>\0" and
/// the content.
class LooseObjects
{
public:
  LooseObjects(std::filesystem::path directory, std::uint8_t id_size)
      : directory_(std::move(directory)),
        id_size_(id_size)
  {}

  [[nodiscard]] bool contains(const ObjectId& id) const;

  /// Sorted ids of all of them. A directory that cannot be read becomes a gap.
  [[nodiscard]] std::vector<ObjectId> list(std::vector<Gap>& gaps) const;

  /// Sorted ids of those whose first byte is this.
  [[nodiscard]] std::vector<ObjectId> list(std::uint8_t first_byte, std::vector<Gap>& gaps) const;

  /// Fills `object`, whose storage is used again. Faults: missing, unreadable, bad_stream, bad_header, wrong_size,
  /// too_large, no_memory, wrong_name.
  [[nodiscard]] DecodeFault read(const ObjectId& id, std::uint64_t max_bytes, Inflater& inflater,
                                 LooseObject& object) const;

private:
  [[nodiscard]] std::filesystem::path path_of(const ObjectId& id) const;

  std::filesystem::path directory_;
  std::uint8_t id_size_;
};

}  // namespace sluice::git
