// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "finding/finding.hpp"
#include "git/object_store.hpp"
#include "git/repository.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace sluice::git {

/// Commits that `heads` reach and `excluded` do not, every parent of a merge followed, oldest first (parents before
/// children). Stops at a shallow boundary and at missing commits. Boundaries inside the range, beyond which something
/// not excluded lies, are one gap "shallow clone"; a commit that cannot be read is the gap "commit <id>".
/// Tags among the heads are peeled; other objects are ignored.
[[nodiscard]] std::vector<Commit> commits_between(const Repository& repository, std::span<const ObjectId> heads,
                                                  std::span<const ObjectId> excluded, std::vector<Gap>& gaps);

/// Best common ancestors' first (by commit time); nothing if the histories are unrelated or cut off.
[[nodiscard]] std::optional<ObjectId> merge_base(const Repository& repository, const ObjectId& a, const ObjectId& b);

[[nodiscard]] bool is_ancestor(const Repository& repository, const ObjectId& ancestor, const ObjectId& descendant);

/// A blob that a commit brings: at `path` in its tree and not at that path in any of its parents.
struct Introduced
{
  ObjectId blob;
  std::string path;
  std::uint32_t mode = 0;
  ObjectId commit;
  std::vector<ObjectId> replaced;  ///< the blobs at that path in its parents
};

/// A blob that a commit takes away from a path.
struct Removed
{
  ObjectId blob;
  std::string path;
};

/// What each commit of `commits` brings (merges: what no parent has, so an evil merge shows), in their order.
/// `removed` gets, per commit, the blobs that it takes away from their path in any parent's tree (the other end of a
/// rename); of a merge only if it introduces something. A parent that is not here counts as empty. Gaps: a parent or
/// tree that cannot be read, and a commit with more than four million entries to compare or deeper than 4096.
struct Change
{
  Commit commit;
  std::vector<Introduced> introduced;
  std::vector<Removed> removed;
  std::vector<std::string> submodules;  ///< paths at which it brings a commit of another repository
};
[[nodiscard]] std::vector<Change> changes_of(const Repository& repository, std::span<const Commit> commits,
                                             std::vector<Gap>& gaps);

/// A file or symbolic link in a tree.
struct TreeFile
{
  std::string path;
  ObjectId blob;
};

/// All of a commit's tree, submodules left out. What cannot be read, and what is beyond the bounds of a walk (four
/// million entries, 4096 levels), is a gap.
[[nodiscard]] std::vector<TreeFile> files_of(const Repository& repository, const ObjectId& commit,
                                             std::vector<Gap>& gaps);

/// The gap of a clone that was cut off at `boundaries`, with the cure for the platforms that cut clones off.
[[nodiscard]] Gap shallow_gap(std::span<const ObjectId> boundaries);

/// The gap for an object that `ObjectStore::read` refused; `why` is its message, which says of what kind the gap is.
[[nodiscard]] Gap unread_gap(const Repository& repository, std::string subject, std::string why);

/// Where a blob is or was.
struct Occurrence
{
  std::string path;
  ObjectId commit;  ///< the first, parents before children, that has it at `path`
  std::string author;
  std::int64_t author_time = 0;
  std::uint32_t first = 0;  ///< place of `commit` in an order with parents before children
  std::uint32_t last = 0;   ///< place, in that order, of the last commit that has it at `path`
};

/// How a blob can still be reached.
enum class Reach { head, tip, ref, tag, stash, dangling };

struct Attribution
{
  std::vector<Occurrence> occurrences;  ///< oldest first; empty if no commit of the repository has it
  Reach reach = Reach::dangling;  ///< strongest: in HEAD's tree, in that of another ref (no tag), in the history of
                                  ///< one, only of a tag, only of a stash, of none
  std::string tip;                ///< of Reach::tip: the first such ref, as short as it is written: "feature/x"
  std::vector<std::string> head_paths;  ///< paths in HEAD's tree
};

/// Finds where `blobs` are in the history of every commit in the store, reading each tree once on `threads` threads (0:
/// one per core). Every blob asked for is in the result. Memory: see attribution_graph.hpp.
[[nodiscard]] std::unordered_map<ObjectId, Attribution> attribute(const Repository& repository,
                                                                  const std::unordered_set<ObjectId>& blobs,
                                                                  std::vector<Gap>& gaps, unsigned threads = 0);

/// Objects that a repository names and does not have, and trees that are not what git makes. It is told of them by a
/// walk over the whole store, so that they cost no walk of their own.
class AbsentObjects
{
public:
  /// `threads`: of the walk.
  AbsentObjects(const Repository& repository, unsigned threads);

  /// Takes note of what a commit, tree or tag names, the parents of a shallow boundary excepted. Each thread may call
  /// it with its own number. Of a delta only what its base does not hold is looked at.
  void see(const ObjectView& object, unsigned thread);

  /// One gap of kind missing_object for each that something reachable names (what only
  /// garbage names git may have pruned rightly), the first twenty by name; of a partial clone a single one. Likewise of
  /// kind corrupt_object for each tree that is not well formed or has an entry that git does not check out.
  void report(std::vector<Gap>& gaps);

private:
  void note(const ObjectId& id, unsigned thread);
  void see_tree(const ObjectView& tree, unsigned thread);
  void report_odd(std::vector<Gap>& gaps);
  [[nodiscard]] std::set<ObjectId> needed(const std::set<ObjectId>& absent) const;

  const Repository& repository_;
  std::vector<std::set<ObjectId>> absent_;  ///< by thread
  /// By thread: trees, with the name of an entry that git does not check out; with none where they are not well formed.
  std::vector<std::map<ObjectId, std::optional<std::string>>> odd_;
};

}  // namespace sluice::git
