// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "git/repository.hpp"

#include <optional>
#include <string>
#include <unordered_map>

namespace sluice::git {

/// Commits read for one walk, each once. A walk that turns out to be long reads all commits of the store in one pass
/// over the packs, which is several times cheaper for each than reading it alone.
class CommitCache
{
public:
  explicit CommitCache(const Repository& repository);

  /// The commit; null if it cannot be read. The pointer stays valid as long as the cache.
  [[nodiscard]] const Commit* find(const ObjectId& id);

  /// Why `find` gave null for this id.
  [[nodiscard]] std::string failure(const ObjectId& id) const;

private:
  void read_all();

  const Repository& repository_;
  std::unordered_map<ObjectId, Result<Commit>> commits_;
  std::size_t single_reads_ = 0;
  std::size_t reads_before_all_;
};

}  // namespace sluice::git
