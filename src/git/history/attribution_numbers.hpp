// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sluice::git {

/// Small consecutive numbers for object ids, so that a graph of millions of objects fits into memory: 24 bytes a slot,
/// at most 80 bytes an id. Many threads may number at once. Ids are told apart by their first 16 bytes, which nobody
/// can make collide.
class ObjectNumbers
{
public:
  ObjectNumbers();

  /// The number of an id of at least 20 raw bytes; a new one if it has none yet.
  [[nodiscard]] std::uint32_t number(const std::uint8_t* id);

  /// The number of an id, if it has one. Not while others number.
  [[nodiscard]] std::optional<std::uint32_t> find(const std::uint8_t* id) const;

  [[nodiscard]] std::uint32_t
  size() const
  {
    return next_.load();
  }

  /// Numbers that one thread met last. A tree names nearly the same trees as the one it is a delta of, so most
  /// questions are answered from 1.5 MB that stay in the processor's cache, without a lock.
  class Recent;

private:
  static constexpr std::size_t shard_count = 64;
  static constexpr std::uint32_t none = 0xFFFFFFFF;

  struct Key
  {
    std::uint64_t first = 0;
    std::uint64_t second = 0;
    bool operator==(const Key&) const = default;
  };

  struct Slot
  {
    Key key;
    std::uint32_t number = none;
  };

  struct Shard
  {
    std::mutex mutex;
    std::vector<Slot> slots;  ///< a power of two, open addressing
    std::size_t used = 0;
  };

  [[nodiscard]] static Key
  key_of(const std::uint8_t* id)
  {
    Key key;
    std::memcpy(&key.first, id, sizeof key.first);
    std::memcpy(&key.second, id + sizeof key.first, sizeof key.second);
    return key;
  }

  [[nodiscard]] std::uint64_t hash_of(const Key& key) const;
  [[nodiscard]] static std::size_t slot_for(const std::vector<Slot>& slots, const Key& key, std::uint64_t hash);
  void grow(Shard& shard) const;

  std::array<Shard, shard_count> shards_;
  std::atomic<std::uint32_t> next_{0};
  std::uint64_t seed_;  ///< ids come from hostile trees: which slots they take must not be known beforehand
};

class ObjectNumbers::Recent
{
public:
  explicit Recent(ObjectNumbers& numbers)
      : numbers_(numbers),
        slots_(slot_count)
  {}

  [[nodiscard]] std::uint32_t
  number(const std::uint8_t* id)
  {
    const Key key = key_of(id);
    Slot& slot = slots_[key.first % slot_count];
    if (slot.number == none || slot.key != key) {
      slot = {key, numbers_.number(id)};
    }
    return slot.number;
  }

private:
  static constexpr std::size_t slot_count = 65536;
  ObjectNumbers& numbers_;
  std::vector<Slot> slots_;
};

/// Small consecutive numbers for texts.
class TextNumbers
{
public:
  [[nodiscard]] std::uint32_t number(std::string_view text);

  [[nodiscard]] const std::string&
  text(std::uint32_t number) const
  {
    return *texts_[number];
  }

private:
  struct Hash
  {
    using is_transparent = void;
    std::size_t
    operator()(std::string_view text) const
    {
      return std::hash<std::string_view>()(text);
    }
  };

  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;
  std::vector<const std::string*> texts_;
};

}  // namespace sluice::git
