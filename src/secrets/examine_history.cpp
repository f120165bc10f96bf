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
#include "git/object_store.hpp"
#include "git/worktree.hpp"
#include "secrets/examination.hpp"

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
};

SourceKind
source_kind(git::ObjectKind kind)
{
  return kind == git::ObjectKind::commit ? SourceKind::commit
         : kind == git::ObjectKind::tag  ? SourceKind::tag
                                         : SourceKind::blob;
}

void
visit(const git::ObjectView& view, ThreadPart& part, HitSet& hits)
{
  part.commits += view.kind == git::ObjectKind::commit ? 1 : 0;
  part.lfs_pointers += view.kind == git::ObjectKind::blob && is_lfs_pointer(view.content) ? 1 : 0;
  const bool copies_secret = view.base != nullptr && hits.contains(*view.base);
  const Matches matches = copies_secret ? part.worker.match(view.content) : part.worker.match(view.content, view.fresh);
  if (matches.empty() && matches.complete) {
    return;
  }
  hits.insert(view.id);
  part.leaks.add(view.content, matches, {source_kind(view.kind), view.id, {}});
  if (view.kind == git::ObjectKind::blob) {
    part.blobs.insert(view.id);
  }
}

void
add_shallow_gap(const git::Repository& repository, std::vector<Gap>& gaps)
{
  if (repository.is_shallow()) {
    gaps.push_back({GapKind::shallow, "shallow clone",
                    fmt::format("history is cut off at {}, what came before was not examined",
                                counted(repository.shallow().size(), "commit", "commits")),
                    "git fetch --unshallow\nIn GitHub Actions: actions/checkout with fetch-depth: 0"});
  }
}

/// Every object that another one or a ref names must be here; beyond a shallow boundary git does not expect it.
void
add_absent_gaps(const git::Repository& repository, unsigned threads, std::vector<Gap>& gaps)
{
  const std::uint8_t id_size = repository.is_sha256() ? 32 : 20;
  std::vector<std::set<git::ObjectId>> missing(threads);
  const auto note = [&](const git::ObjectId& id, unsigned thread) {
    if (!repository.objects().contains(id)) {
      missing[thread].insert(id);
    }
  };
  const auto visit_links = [&](const git::ObjectView& view, unsigned thread) {
    if (view.kind == git::ObjectKind::tree) {
      git::for_each_entry(view.content, id_size, [&](const git::TreeEntry& entry) {
        if (!entry.is_submodule()) {
          note(entry.id, thread);
        }
      });
    } else if (const auto commit = git::parse_commit(view.id, view.content)) {
      note(commit->tree, thread);
      for (const git::ObjectId& parent : commit->parents) {
        if (!repository.shallow().contains(view.id)) {
          note(parent, thread);
        }
      }
    }
  };
  git::WalkRequest request;
  request.blobs = request.tags = false;
  request.threads = threads;
  repository.objects().for_each(request, visit_links, gaps);
  const auto references = repository.references();
  for (const git::Reference& reference : references ? *references : std::vector<git::Reference>()) {
    note(reference.id, 0);
  }
  for (std::size_t i = 1; i < missing.size(); ++i) {
    missing[0].merge(missing[i]);
  }
  if (repository.is_partial() && !missing[0].empty()) {
    gaps.push_back({GapKind::missing_object, "partial clone",
                    fmt::format("{} left out of this clone", counted(missing[0].size(), "object was", "objects were")),
                    "git fetch --refetch --no-filter"});
    return;
  }
  constexpr std::size_t most_gaps = 20;
  std::size_t count = 0;
  for (const git::ObjectId& id : missing[0]) {
    if (++count > most_gaps) {
      gaps.push_back(git::unread_gap(
          repository, "further objects",
          fmt::format("{} missing", counted(missing[0].size() - most_gaps, "object is", "objects are"))));
      return;
    }
    gaps.push_back(git::unread_gap(repository, "object " + id.hex(), fmt::format("object {} is missing", id.hex())));
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
    parts.push_back({std::move(worker), LeakCollection(assignment.matcher.rules()), {}, 0, 0});
  }

  Examination result(assignment.matcher.rules());
  HitSet hits;
  git::WalkRequest request;
  request.trees = false;
  request.threads = assignment.threads;
  request.max_object_bytes = assignment.max_bytes();
  if (assignment.input.progress != nullptr) {
    request.progress = &assignment.input.progress->done;
    assignment.input.progress->total = repository.objects().object_count();
  }
  const git::WalkTotals totals = repository.objects().for_each(
      request, [&](const git::ObjectView& view, unsigned thread) { visit(view, parts[thread], hits); }, result.gaps);

  std::unordered_set<git::ObjectId> blobs;
  std::uint64_t lfs_pointers = 0, commits = 0;
  for (ThreadPart& part : parts) {
    result.leaks.merge(std::move(part.leaks));
    blobs.merge(part.blobs);
    lfs_pointers += part.lfs_pointers;
    commits += part.commits;
  }
  if (!blobs.empty()) {
    result.places = git::attribute(repository, blobs, result.gaps, assignment.threads);
  }
  const auto store_gaps = repository.objects().gaps();
  result.gaps.insert(result.gaps.end(), store_gaps.begin(), store_gaps.end());
  add_shallow_gap(repository, result.gaps);
  add_absent_gaps(repository, assignment.threads, result.gaps);
  for (Gap& gap : git::submodule_gaps(repository)) {
    result.gaps.push_back(std::move(gap));
  }
  if (lfs_pointers != 0) {
    result.gaps.push_back(lfs_gap(lfs_pointers));
  }
  result.coverage = {"whole history: every object of the repository, reachable or not",
                     {{commits, "commits"}, {totals.objects, "objects"}, {totals.inflated_bytes, "bytes"}}};
  return result;
}

}  // namespace sluice::secrets
