// SPDX-License-Identifier: Apache-2.0
//
// What each commit brings, from trees alone. The trees of a commit and of all its parents are stepped through side by
// side, in git's order; a subtree is entered only where it differs from every parent's, so the cost grows with what
// changed and not with the repository. A merge therefore shows exactly what its author added by hand: the content that
// `git log -p` does not show and that scanners overlook.
//
// Trees are hostile: ten trees of ten entries, each naming the next one ten times, are ten thousand million paths.
// Depth, path length, entries and bytes of one commit are bounded, and a commit that exceeds them is a gap.
#include "base/text.hpp"
#include "git/history.hpp"
#include "git/history/trees.hpp"
#include "git/object_store.hpp"

#include <algorithm>

namespace sluice::git {

namespace {

constexpr std::size_t max_depth = 4096;
constexpr std::size_t max_path_bytes = 64U << 10U;
constexpr std::size_t max_entries = 4'000'000;         ///< looked at for one commit
constexpr std::size_t max_commit_bytes = 512U << 20U;  ///< of results for one commit
constexpr std::size_t max_total_bytes = std::size_t{4} << 30U;

/// One tree on its way past its entries; of a side that has no such tree, an empty one.
struct Side
{
  std::shared_ptr<const ParsedTree> tree;
  std::size_t at = 0;

  [[nodiscard]] const RawTreeEntry*
  current() const
  {
    return tree && at < tree->entries.size() ? &tree->entries[at] : nullptr;
  }

  /// The current entry if it has the place of `key`, and steps over it.
  const RawTreeEntry*
  take(const RawTreeEntry& key)
  {
    const RawTreeEntry* entry = current();
    if (entry == nullptr || compare_entries(*entry, key) != 0) {
      return nullptr;
    }
    ++at;
    return entry;
  }
};

struct Level
{
  Side ours;
  std::vector<Side> parents;
  std::size_t path_bytes = 0;
};

/// Where the differences go; what is null is not wanted.
struct Wanted
{
  std::vector<Introduced>* introduced = nullptr;
  std::vector<Removed>* removed = nullptr;  ///< only with one parent: subtrees that only a parent has are entered
  std::vector<std::string>* submodules = nullptr;
};

/// The first entry in git's order that any side stands at.
const RawTreeEntry*
first_entry(const Level& level)
{
  const RawTreeEntry* first = level.ours.current();
  for (const Side& parent : level.parents) {
    const RawTreeEntry* entry = parent.current();
    if (entry != nullptr && (first == nullptr || compare_entries(*entry, *first) < 0)) {
      first = entry;
    }
  }
  return first;
}

bool
is_blob(const RawTreeEntry& entry)
{
  return !entry.is_tree() && !entry.is_submodule();
}

class TreeComparison
{
public:
  TreeComparison(TreeCache& trees, const ObjectId& commit, Wanted wanted)
      : trees_(trees),
        commit_(commit),
        wanted_(wanted)
  {}

  /// False if a bound was met.
  [[nodiscard]] bool
  run(const ObjectId& ours, std::span<const ObjectId> parents)
  {
    if (std::find(parents.begin(), parents.end(), ours) != parents.end()) {
      return true;
    }
    Level root;
    root.ours.tree = trees_.read(ours);
    for (const ObjectId& parent : parents) {
      root.parents.push_back({trees_.read(parent)});
    }
    levels_.push_back(std::move(root));
    while (!levels_.empty()) {
      if (const RawTreeEntry* key = first_entry(levels_.back())) {
        compare(*key);
      } else {
        levels_.pop_back();
      }
      if (++entries_ > max_entries || bytes_ > max_commit_bytes) {
        return false;
      }
    }
    return is_whole_;
  }

  [[nodiscard]] std::size_t
  bytes() const
  {
    return bytes_;
  }

private:
  void
  compare(const RawTreeEntry& key)
  {
    Level& level = levels_.back();
    const RawTreeEntry* ours = level.ours.take(key);
    bool is_unchanged = false;
    theirs_.clear();
    for (Side& parent : level.parents) {
      const RawTreeEntry* entry = parent.take(key);
      theirs_.push_back(entry);
      is_unchanged |= entry != nullptr && ours != nullptr && id_of(*entry) == id_of(*ours);
    }
    if (is_unchanged || (ours == nullptr && wanted_.removed == nullptr)) {
      return;
    }
    if (key.is_tree()) {
      enter(key, ours);
    } else {
      take_away();
      if (ours != nullptr && is_blob(*ours)) {
        introduce(*ours);
      } else if (ours != nullptr && wanted_.submodules != nullptr) {
        wanted_.submodules->push_back(path_of(*ours));
        bytes_ += sizeof(std::string) + wanted_.submodules->back().size();
      }
    }
  }

  void
  take_away()
  {
    for (const RawTreeEntry* entry : theirs_) {
      if (wanted_.removed != nullptr && entry != nullptr && is_blob(*entry)) {
        wanted_.removed->push_back({id_of(*entry), path_of(*entry)});
        bytes_ += sizeof(Removed) + wanted_.removed->back().path.size();
      }
    }
  }

  void
  introduce(const RawTreeEntry& ours)
  {
    if (wanted_.introduced == nullptr) {
      return;
    }
    Introduced introduced{id_of(ours), path_of(ours), ours.mode, commit_, {}};
    for (const RawTreeEntry* entry : theirs_) {
      if (entry != nullptr && is_blob(*entry)) {
        introduced.replaced.push_back(id_of(*entry));
      }
    }
    bytes_ += sizeof introduced + introduced.path.size() + introduced.replaced.size() * sizeof(ObjectId);
    wanted_.introduced->push_back(std::move(introduced));
  }

  void
  enter(const RawTreeEntry& key, const RawTreeEntry* ours)
  {
    path_.resize(levels_.back().path_bytes);
    if (levels_.size() >= max_depth || path_.size() + key.name.size() >= max_path_bytes) {
      is_whole_ = false;
      return;
    }
    path_ += key.name;
    path_ += '/';
    Level below;
    below.path_bytes = path_.size();
    if (ours != nullptr) {
      below.ours.tree = trees_.read(id_of(*ours));
    }
    for (const RawTreeEntry* entry : theirs_) {
      below.parents.push_back({entry != nullptr ? trees_.read(id_of(*entry)) : nullptr});
    }
    levels_.push_back(std::move(below));
  }

  [[nodiscard]] std::string
  path_of(const RawTreeEntry& entry) const
  {
    return path_.substr(0, levels_.back().path_bytes) + std::string(entry.name);
  }

  [[nodiscard]] ObjectId
  id_of(const RawTreeEntry& entry) const
  {
    return ObjectId::from_raw(entry.id, trees_.id_size());
  }

  TreeCache& trees_;
  ObjectId commit_;
  Wanted wanted_;
  std::vector<Level> levels_;
  std::vector<const RawTreeEntry*> theirs_;  ///< at the current place, null where a parent has nothing there
  std::string path_;
  std::size_t entries_ = 0;
  std::size_t bytes_ = 0;
  bool is_whole_ = true;
};

class ChangeReader
{
public:
  ChangeReader(const Repository& repository, std::vector<Gap>& gaps)
      : repository_(repository),
        trees_(repository),
        gaps_(gaps)
  {}

  [[nodiscard]] Change
  read(const Commit& commit)
  {
    tree_of_.insert_or_assign(commit.id, commit.tree);
    Change change{commit, {}, {}, {}};
    const std::vector<ObjectId> parents = parent_trees(commit);
    const bool is_merge = parents.size() > 1;
    compare(commit, parents, {&change.introduced, is_merge ? nullptr : &change.removed, &change.submodules});
    if (is_merge && !change.introduced.empty()) {
      for (const ObjectId& parent : parents) {
        compare(commit, {&parent, 1}, {nullptr, &change.removed, nullptr});
      }
    }
    return change;
  }

  void
  finish()
  {
    commits_.report(repository_.is_partial(), gaps_);
    trees_.unread().report(repository_.is_partial(), gaps_);
  }

private:
  /// Of the parents that are here. What is cut off by a shallow clone is the range's gap already.
  std::vector<ObjectId>
  parent_trees(const Commit& commit)
  {
    std::vector<ObjectId> trees;
    for (const ObjectId& parent : commit.parents) {
      auto known = tree_of_.find(parent);
      if (known == tree_of_.end()) {
        const auto read = repository_.commit(parent);
        if (!read) {
          if (!repository_.shallow().contains(commit.id)) {
            commits_.add("commit", parent, read.error().message);
          }
          continue;
        }
        known = tree_of_.emplace(parent, read->tree).first;
      }
      trees.push_back(known->second);
    }
    return trees;
  }

  void
  compare(const Commit& commit, std::span<const ObjectId> parents, Wanted wanted)
  {
    if (total_bytes_ > max_total_bytes) {
      if (std::exchange(is_full_, true)) {
        return;
      }
      add_gap(commit, "and those after it were not examined: there are more changes than can be kept in memory");
      return;
    }
    TreeComparison comparison(trees_, commit.id, wanted);
    if (!comparison.run(commit.tree, parents)) {
      add_gap(commit,
              fmt::format("changes more than {} paths, or some that are nested more than {} deep, so the rest of "
                          "them were not examined",
                          with_thousands(max_entries), with_thousands(max_depth)));
    }
    total_bytes_ += comparison.bytes();
  }

  void
  add_gap(const Commit& commit, std::string why)
  {
    gaps_.push_back({GapKind::too_many, "commit " + commit.id.hex(), std::move(why),
                     "Examine a smaller range or the whole history"});
  }

  const Repository& repository_;
  TreeCache trees_;
  std::vector<Gap>& gaps_;
  UnreadObjects commits_;
  std::unordered_map<ObjectId, ObjectId> tree_of_;
  std::size_t total_bytes_ = 0;
  bool is_full_ = false;
};

}  // namespace

std::vector<Change>
changes_of(const Repository& repository, std::span<const Commit> commits, std::vector<Gap>& gaps)
{
  ChangeReader reader(repository, gaps);
  std::vector<Change> changes;
  changes.reserve(commits.size());
  for (const Commit& commit : commits) {
    changes.push_back(reader.read(commit));
  }
  reader.finish();
  return changes;
}

}  // namespace sluice::git
