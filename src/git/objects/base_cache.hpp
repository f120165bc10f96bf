// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "git/objects/buffer.hpp"
#include "git/objects/object_sources.hpp"
#include "git/repository.hpp"

#include <array>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace sluice::git {

struct CachedObject
{
  ObjectKind kind = ObjectKind::blob;
  std::string content;
};

/// Objects of packs that were needed lately, because the next one read is likely to be a delta of one of them. Bounded
/// to 128 MiB over all threads; sharded, so that threads seldom wait for each other.
class BaseCache
{
public:
  [[nodiscard]] std::shared_ptr<const CachedObject> find(PackPlace place);
  void add(PackPlace place, std::shared_ptr<const CachedObject> object);

private:
  static constexpr std::size_t shard_count = 8;
  static constexpr std::size_t shard_bytes = std::size_t{16} << 20U;

  struct Hash
  {
    std::size_t
    operator()(const PackPlace& place) const noexcept
    {
      return (place.offset + place.pack) * 0x9E3779B97F4A7C15U >> 8U;
    }
  };
  struct Entry
  {
    PackPlace place;
    std::shared_ptr<const CachedObject> object;
  };
  struct Shard
  {
    std::mutex mutex;
    std::list<Entry> recent;  ///< last used first
    std::unordered_map<PackPlace, std::list<Entry>::iterator, Hash> by_place;
    std::size_t bytes = 0;
  };

  Shard& shard_of(PackPlace place);

  std::array<Shard, shard_count> shards_;
};

}  // namespace sluice::git
