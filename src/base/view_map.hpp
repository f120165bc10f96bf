// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/quick_hash.hpp"

#include <bit>
#include <cstdint>
#include <string_view>
#include <vector>

namespace sluice {

/// Numbers by texts that outlive it, in one array with room between: a map of nodes would allocate for each.
class ViewMap
{
public:
  void
  reserve(std::size_t count)
  {
    if (count * 2 > slots_.size()) {
      rehash(std::bit_ceil(count * 2));
    }
  }

  [[nodiscard]] std::size_t
  size() const
  {
    return size_;
  }

  void
  insert_or_assign(std::string_view key, std::uint32_t value)
  {
    reserve(size_ + 1);
    Slot& slot = slot_of(key);
    size_ += slot.key.data() == nullptr ? 1 : 0;
    slot = {key.data() == nullptr ? std::string_view("") : key, value};
  }

  /// Null if there is none.
  [[nodiscard]] const std::uint32_t*
  find(std::string_view key) const
  {
    if (slots_.empty()) {
      return nullptr;
    }
    const Slot& slot = const_cast<ViewMap*>(this)->slot_of(key);
    return slot.key.data() == nullptr ? nullptr : &slot.value;
  }

private:
  struct Slot
  {
    std::string_view key;  ///< of no address: the slot is free
    std::uint32_t value = 0;
  };

  /// The key's, or a free one for it.
  Slot&
  slot_of(std::string_view key)
  {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = quick_hash(key) & mask;
    while (slots_[at].key.data() != nullptr && slots_[at].key != key) {
      at = (at + 1) & mask;
    }
    return slots_[at];
  }

  void
  rehash(std::size_t count)
  {
    std::vector<Slot> old(count);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.key.data() != nullptr) {
        slot_of(slot.key) = slot;
      }
    }
  }

  std::vector<Slot> slots_;
  std::size_t size_ = 0;
};

}  // namespace sluice
