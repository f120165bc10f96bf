// SPDX-License-Identifier: Apache-2.0
//
// The whole history, by objects instead of by commits: a file that ten thousand commits share is one blob, and what no
// commit has any more (a stash that was dropped, a commit that was amended away) is an object like any other. Who wrote
// a secret, where and when, is asked afterwards and only for blobs that hold one.
//
// A delta is matched where it differs from its base (matcher.cpp). So that a secret is known in *every* version that
// has it, whatever is stored as a delta of an object with a secret is matched whole; what is stored as a delta of one
// without can have a secret only in its own bytes.
#include "base/text.hpp"
#include "gate/lfs_pointer.hpp"
#include "git/object_store.hpp"
#include "git/worktree.hpp"
#include "secrets/examination.hpp"
#include "secrets/history_moves.hpp"
#include "secrets/readings.hpp"

#include <atomic>
#include <set>
#include <shared_mutex>
#include <unordered_set>

namespace sluice::secrets {

namespace {

/// Objects that hold a secret; written rarely, asked for every delta.
class HitSet
{
public:
  [[nodiscard]] bool
  contains(const git::ObjectId& id) const
  {
    if (!any_.load(std::memory_order_acquire)) {
      return false;
    }
    const std::shared_lock lock(mutex_);
    return ids_.contains(id);
  }
  void
  insert(const git::ObjectId& id)
  {
    const std::unique_lock lock(mutex_);
    ids_.insert(id);
    any_.store(true, std::memory_order_release);
  }

private:
  mutable std::shared_mutex mutex_;
  std::unordered_set<git::ObjectId> ids_;
  std::atomic<bool> any_ = false;
};

struct ThreadPart
{
  MatchWorker worker;
  LeakCollection leaks;
  std::unordered_set<git::ObjectId> blobs;  ///< that hold a secret
  std::uint64_t lfs_pointers = 0;
  std::uint64_t commits = 0;
  std::vector<git::ObjectId> misnamed;  ///< that hold a secret and have another content than their name says
};

SourceKind
source_kind(git::ObjectKind kind)
{
  return kind == git::ObjectKind::commit ? SourceKind::commit
         : kind == git::ObjectKind::tag  ? SourceKind::tag
                                         : SourceKind::blob;
}

void
match(const git::ObjectView& view, ThreadPart& part, HitSet& hits)
{
  part.commits += view.kind == git::ObjectKind::commit ? 1 : 0;
  part.lfs_pointers += view.kind == git::ObjectKind::blob && gate::is_lfs_pointer(view.content) ? 1 : 0;
  const bool copies_secret = view.base != nullptr && hits.contains(*view.base);
  bool has_secret = false;
  const auto read = [&](std::string_view text, const Matches& matches) {
    if (!matches.empty() || !matches.complete) {
      has_secret = true;
      part.leaks.add(text, matches, {source_kind(view.kind), view.id, {}});
    }
  };
  if (copies_secret) {
    match_readings(view.content, part.worker, std::ref(read));
  } else {
    match_readings(view.content, view.fresh, part.worker, std::ref(read));
  }
  if (!has_secret) {
    return;
  }
  // Others are as good as what the packs' checksums say; whose secret is told must be what its name says.
  if (view.id != git::ObjectId::of(view.kind, view.content, view.id.size)) {
    part.misnamed.push_back(view.id);
  }
  hits.insert(view.id);
  if (view.kind == git::ObjectKind::blob) {
    part.blobs.insert(view.id);
  }
}

git::WalkTotals
walk(const Assignment& assignment, std::vector<ThreadPart>& parts, git::AbsentObjects& absent, std::vector<Gap>& gaps)
{
  const git::Repository& repository = *assignment.input.repository;
  git::WalkRequest request;
  request.threads = assignment.threads;
  request.max_object_bytes = assignment.max_bytes();
  if (assignment.input.progress != nullptr) {
    request.progress = &assignment.input.progress->done;
    assignment.input.progress->total = repository.objects().object_count();
  }
  HitSet hits;
  const auto visit = [&](const git::ObjectView& view, unsigned thread) {
    absent.see(view, thread);
    if (view.kind != git::ObjectKind::tree) {
      match(view, parts[thread], hits);
    }
  };
  return repository.objects().for_each(request, visit, gaps);
}

/// What all threads found, the first part taking up the numbers of the others.
void
gather(std::vector<ThreadPart>& parts, Examination& result)
{
  ThreadPart& all = parts.front();
  for (ThreadPart& part : parts) {
    result.leaks.merge(std::move(part.leaks));
    if (&part != &all) {
      all.blobs.merge(part.blobs);
      all.lfs_pointers += part.lfs_pointers;
      all.commits += part.commits;
    }
    for (const git::ObjectId& id : part.misnamed) {
      result.gaps.push_back(git::misnamed_gap(id));
    }
  }
}

/// What of the repository the walk could not have seen.
void
add_gaps(const Assignment& assignment, git::AbsentObjects& absent, std::vector<Gap>& gaps)
{
  const git::Repository& repository = *assignment.input.repository;
  const auto store_gaps = repository.objects().gaps();
  gaps.insert(gaps.end(), store_gaps.begin(), store_gaps.end());
  repository.objects().check_packs(assignment.threads, gaps);
  if (repository.is_shallow()) {
    const std::set<git::ObjectId> boundaries(repository.shallow().begin(), repository.shallow().end());
    gaps.push_back(git::shallow_gap(std::vector<git::ObjectId>(boundaries.begin(), boundaries.end())));
  }
  absent.report(gaps);
  for (Gap& gap : git::submodule_gaps(repository)) {
    gaps.push_back(std::move(gap));
  }
}

}  // namespace

Result<Examination>
examine_history(const Assignment& assignment)
{
  if (assignment.input.repository == nullptr) {
    return without_repository(assignment);
  }
  const git::Repository& repository = *assignment.input.repository;
  TRY_ASSIGN(std::vector<MatchWorker> workers, make_workers(assignment));
  std::vector<ThreadPart> parts;
  for (MatchWorker& worker : workers) {
    parts.push_back({std::move(worker), LeakCollection(assignment.matcher.rules()), {}, 0, 0, {}});
  }
  Examination result(assignment.matcher.rules());
  result.head = repository.head();
  git::AbsentObjects absent(repository, assignment.threads);
  const git::WalkTotals totals = walk(assignment, parts, absent, result.gaps);
  gather(parts, result);
  const ThreadPart& all = parts.front();
  if (!all.blobs.empty()) {
    result.places = git::attribute(repository, all.blobs, result.gaps, assignment.threads);
    result.moves = history_moves(assignment, result);
  }
  add_gaps(assignment, absent, result.gaps);
  if (all.lfs_pointers != 0) {
    result.gaps.push_back(lfs_gap(all.lfs_pointers));
  }
  result.extent = Extent::whole;
  result.coverage = {"whole history: every object of the repository, reachable or not",
                     {{all.commits, "commits"}, {totals.objects, "objects"}, {totals.inflated_bytes, "bytes"}}};
  return result;
}

}  // namespace sluice::secrets
