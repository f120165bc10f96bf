// SPDX-License-Identifier: Apache-2.0
#include "git/history/commits.hpp"

#include "git/object_store.hpp"

#include <algorithm>
#include <thread>

namespace sluice::git {

namespace {

/// Fewer commits than this are always read one by one.
constexpr std::size_t short_walk = 4096;

}  // namespace

// About one object of ten is a commit, and in a pass over all of them each costs about a tenth of a single read.
CommitCache::CommitCache(const Repository& repository)
    : repository_(repository),
      reads_before_all_(std::max<std::size_t>(short_walk, repository.objects().object_count() / 100))
{}

const Commit*
CommitCache::find(const ObjectId& id)
{
  auto found = commits_.find(id);
  if (found == commits_.end()) {
    if (++single_reads_ == reads_before_all_) {
      read_all();
    }
    found = commits_.find(id);
  }
  if (found == commits_.end()) {
    found = commits_.emplace(id, repository_.commit(id)).first;
  }
  return found->second ? &*found->second : nullptr;
}

std::string
CommitCache::failure(const ObjectId& id) const
{
  const auto found = commits_.find(id);
  return found != commits_.end() && !found->second ? found->second.error().message : std::string();
}

void
CommitCache::read_all()
{
  WalkRequest request;
  request.trees = request.blobs = request.tags = false;
  request.threads = std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::vector<Commit>> read(request.threads);
  std::vector<Gap> not_asked_for;  // what the walk needs and cannot have, `find` will miss again
  repository_.objects().for_each(
      request,
      [&read](const ObjectView& object, unsigned thread) {
        if (auto commit = parse_commit(object.id, object.content)) {
          read[thread].push_back(std::move(*commit));
        }
      },
      not_asked_for);
  for (std::vector<Commit>& batch : read) {
    for (Commit& commit : batch) {
      const ObjectId id = commit.id;
      commits_.try_emplace(id, std::move(commit));
    }
    batch = {};
  }
}

}  // namespace sluice::git
