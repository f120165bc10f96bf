// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "git/objects/loose_objects.hpp"
#include "git/objects/pack_file.hpp"

#include <atomic>
#include <compare>
#include <optional>
#include <span>
#include <vector>

namespace sluice::git {

/// An entry of one of the packs.
struct PackPlace
{
  std::uint32_t pack = 0;
  std::uint64_t offset = 0;
  auto operator<=>(const PackPlace&) const = default;
};

/// Every place where the objects of a repository are stored, its alternates' included.
class ObjectSources
{
public:
  /// `objects_directory` must be a directory; `more` are read as if they were alternates of it.
  ObjectSources(const std::filesystem::path& objects_directory, std::uint8_t id_size,
                std::span<const std::filesystem::path> more = {});

  [[nodiscard]] std::uint8_t
  id_size() const
  {
    return id_size_;
  }
  [[nodiscard]] const std::vector<Pack>&
  packs() const
  {
    return packs_;
  }
  [[nodiscard]] const std::vector<LooseObjects>&
  loose() const
  {
    return loose_;
  }
  /// Counted once per pack, without loose ones.
  [[nodiscard]] std::uint64_t
  object_count() const
  {
    return object_count_;
  }
  /// What could not be opened.
  [[nodiscard]] const std::vector<Gap>&
  gaps() const
  {
    return gaps_;
  }

  /// The object's entry in any pack; of several in the one that answered last.
  [[nodiscard]] std::optional<PackPlace> find_packed(const ObjectId& id) const;

  /// Its entry in this pack.
  [[nodiscard]] std::optional<PackPlace> find_in(std::uint32_t pack, const ObjectId& id) const;

  [[nodiscard]] std::optional<PackEntry> entry(PackPlace place) const;

  [[nodiscard]] bool contains(const ObjectId& id) const;

  /// In how many packs and loose files the object is, counted to two.
  [[nodiscard]] int copies(const ObjectId& id) const;

private:
  void open_packs(const std::filesystem::path& directory);

  /// Objects are numbered in 32 bits, with room for the loose ones.
  static constexpr std::uint64_t most_objects = 4'000'000'000;

  std::uint8_t id_size_;
  std::vector<Pack> packs_;
  std::vector<LooseObjects> loose_;
  std::vector<Gap> gaps_;
  std::uint64_t object_count_ = 0;
  mutable std::atomic<std::uint32_t> last_pack_{0};  ///< neighbours in history are neighbours in packs
};

}  // namespace sluice::git
