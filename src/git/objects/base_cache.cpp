// SPDX-License-Identifier: Apache-2.0
#include "git/objects/base_cache.hpp"

namespace sluice::git {

BaseCache::Shard&
BaseCache::shard_of(PackPlace place)
{
  return shards_[(Hash()(place) >> 20U) % shard_count];
}

std::shared_ptr<const CachedObject>
BaseCache::find(PackPlace place)
{
  Shard& shard = shard_of(place);
  const std::scoped_lock lock(shard.mutex);
  const auto found = shard.by_place.find(place);
  if (found == shard.by_place.end()) {
    return nullptr;
  }
  shard.recent.splice(shard.recent.begin(), shard.recent, found->second);
  return found->second->object;
}

void
BaseCache::add(PackPlace place, std::shared_ptr<const CachedObject> object)
{
  const std::size_t size = object->content.size();
  if (size > shard_bytes / 2) {
    return;
  }
  Shard& shard = shard_of(place);
  const std::scoped_lock lock(shard.mutex);
  if (shard.by_place.contains(place)) {
    return;
  }
  shard.recent.push_front({place, std::move(object)});
  shard.by_place.emplace(place, shard.recent.begin());
  // A small object costs its bookkeeping at least.
  constexpr std::size_t overhead = 200;
  shard.bytes += size + overhead;
  while (shard.bytes > shard_bytes) {
    shard.bytes -= shard.recent.back().object->content.size() + overhead;
    shard.by_place.erase(shard.recent.back().place);
    shard.recent.pop_back();
  }
}

}  // namespace sluice::git
