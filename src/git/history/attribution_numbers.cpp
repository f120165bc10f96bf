// SPDX-License-Identifier: Apache-2.0
#include "git/history/attribution_numbers.hpp"

#include <random>
#include <utility>

namespace sluice::git {

namespace {

constexpr std::size_t first_slots = 64;

std::uint64_t
random_seed()
{
  std::random_device device;
  return std::uint64_t{device()} << 32U | device();
}

}  // namespace

ObjectNumbers::ObjectNumbers()
    : seed_(random_seed())
{
  for (Shard& shard : shards_) {
    shard.slots.resize(first_slots);
  }
}

std::uint64_t
ObjectNumbers::hash_of(const Key& key) const
{
  // The finalizer of splitmix64 over both words.
  std::uint64_t hash = key.first ^ seed_;
  for (const std::uint64_t word : {key.second, seed_}) {
    hash = (hash ^ (hash >> 30U)) * 0xBF58476D1CE4E5B9U;
    hash = (hash ^ (hash >> 27U) ^ word) * 0x94D049BB133111EBU;
  }
  return hash ^ (hash >> 31U);
}

std::size_t
ObjectNumbers::slot_for(const std::vector<Slot>& slots, const Key& key, std::uint64_t hash)
{
  const std::size_t mask = slots.size() - 1;
  std::size_t at = (hash / shard_count) & mask;
  while (slots[at].number != none && slots[at].key != key) {
    at = (at + 1) & mask;
  }
  return at;
}

void
ObjectNumbers::grow(Shard& shard) const
{
  std::vector<Slot> old = std::exchange(shard.slots, std::vector<Slot>(shard.slots.size() * 2));
  for (const Slot& slot : old) {
    if (slot.number != none) {
      shard.slots[slot_for(shard.slots, slot.key, hash_of(slot.key))] = slot;
    }
  }
}

std::uint32_t
ObjectNumbers::number(const std::uint8_t* id)
{
  const Key key = key_of(id);
  const std::uint64_t hash = hash_of(key);
  Shard& shard = shards_[hash % shard_count];
  const std::scoped_lock lock(shard.mutex);
  std::size_t at = slot_for(shard.slots, key, hash);
  if (shard.slots[at].number == none) {
    if ((shard.used + 1) * 10 > shard.slots.size() * 6) {
      grow(shard);
      at = slot_for(shard.slots, key, hash);
    }
    ++shard.used;
    shard.slots[at] = {key, next_++};
  }
  return shard.slots[at].number;
}

std::optional<std::uint32_t>
ObjectNumbers::find(const std::uint8_t* id) const
{
  const Key key = key_of(id);
  const std::uint64_t hash = hash_of(key);
  const std::vector<Slot>& slots = shards_[hash % shard_count].slots;
  const Slot& slot = slots[slot_for(slots, key, hash)];
  return slot.number == none ? std::nullopt : std::optional(slot.number);
}

std::uint32_t
TextNumbers::number(std::string_view text)
{
  if (const auto found = numbers_.find(text); found != numbers_.end()) {
    return found->second;
  }
  const auto number = static_cast<std::uint32_t>(texts_.size());
  const auto added = numbers_.emplace(text, number).first;
  texts_.push_back(&added->first);
  return number;
}

}  // namespace sluice::git
