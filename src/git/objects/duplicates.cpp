// SPDX-License-Identifier: Apache-2.0
//
// Objects are in several packs at once after fetches and partial repacks. A hash table of ids would do, but the ids
// come from files that an attacker may have written, so no hash of theirs is safe from collisions. The lists are sorted
// anyway: merging them takes n log k comparisons whatever they hold.
#include "git/objects/duplicates.hpp"

#include <cstring>
#include <queue>

namespace sluice::git {

namespace {

struct Head
{
  const std::uint8_t* id;
  std::size_t list;
  std::uint32_t position;
};

}  // namespace

void
for_each_duplicate(std::span<const SortedIds> lists, std::uint8_t id_size,
                   const std::function<void(std::size_t list, std::uint32_t position)>& found)
{
  const auto later = [id_size](const Head& a, const Head& b) {
    const int order = std::memcmp(a.id, b.id, id_size);
    return order != 0 ? order > 0 : a.list > b.list;
  };
  std::priority_queue<Head, std::vector<Head>, decltype(later)> heads(later);
  for (std::size_t list = 0; list < lists.size(); ++list) {
    if (lists[list].count > 0) {
      heads.push({lists[list].raw_id(0), list, 0});
    }
  }
  const std::uint8_t* last = nullptr;
  while (!heads.empty()) {
    const Head head = heads.top();
    heads.pop();
    if (last != nullptr && std::memcmp(last, head.id, id_size) == 0) {
      found(head.list, head.position);
    }
    last = head.id;
    if (const std::uint32_t next = head.position + 1; next < lists[head.list].count) {
      heads.push({lists[head.list].raw_id(next), head.list, next});
    }
  }
}

}  // namespace sluice::git
