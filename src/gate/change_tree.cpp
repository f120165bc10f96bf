// SPDX-License-Identifier: Apache-2.0
#include "gate/change_tree.hpp"

#include "git/worktree.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::gate {

namespace {

namespace fs = std::filesystem;

/// Where `directory` lies in the repository: "" or "services/api/".
std::string
prefix_of(const Input& input)
{
  if (input.repository == nullptr || input.repository->is_bare()) {
    return "";
  }
  std::error_code failed;
  const fs::path here = fs::weakly_canonical(input.directory, failed);
  const fs::path root = fs::weakly_canonical(input.repository->work_tree(), failed);
  const std::string relative = here.lexically_relative(root).generic_string();
  return failed || relative.empty() || relative == "." || relative.starts_with("..") ? "" : relative + "/";
}

/// The head is checked out, or is a parent of the merge that a platform checked out in its stead.
bool
is_checked_out(const git::Repository& repository, const git::ObjectId& head)
{
  const auto current = repository.head();
  if (!current || repository.is_bare()) {
    return false;
  }
  const auto commit = repository.commit(*current);
  const bool merged = commit && commit->parents.size() > 1
                      && std::find(commit->parents.begin(), commit->parents.end(), head) != commit->parents.end();
  return *current == head || merged;
}

/// What the index has below `prefix`. A file in conflict is in the work tree, markers and all; where something else of
/// the index cannot be had, nobody knows what is missing.
Result<Listing>
tracked_files(const git::Repository& repository, const std::string& prefix)
{
  std::vector<Gap> gaps;
  TRY_ASSIGN(auto files, git::indexed_files(repository, gaps));
  bool is_complete = true;
  for (Gap& gap : gaps) {
    if (gap.kind == GapKind::unmerged) {
      files.push_back({std::move(gap.subject), {}, static_cast<std::uint32_t>(git::FileMode::file)});
    } else {
      is_complete = false;
    }
  }
  std::erase_if(files, [&prefix](const git::IndexedFile& file) { return !file.path.starts_with(prefix); });
  std::sort(files.begin(), files.end(),
            [](const git::IndexedFile& a, const git::IndexedFile& b) { return a.path < b.path; });
  Listing listing = listing_of(files, prefix.size());
  listing.complete = is_complete;
  return listing;
}

std::unique_ptr<FileTree>
tree_after(const Input& input, const std::string& prefix, std::vector<Gap>& gaps)
{
  const std::vector<git::ObjectId>& heads = input.range.heads;
  const bool whole = input.range.kind != ci::RangeKind::commits || heads.empty();
  if (input.repository == nullptr || (whole && !input.repository->is_bare())) {
    return disk_tree(input.repository, input.directory, prefix);
  }
  const git::Repository& repository = *input.repository;
  const auto current = std::find_if(heads.begin(), heads.end(), [&](const git::ObjectId& head) {
    return !input.range.is_committed && is_checked_out(repository, head);
  });
  for (const git::ObjectId& head : heads) {
    if (head != (current == heads.end() ? heads.front() : *current)) {
      gaps.push_back({GapKind::unjudged, fmt::format("commit {}", head.brief()),
                      "several heads were pushed and one of them was judged",
                      "Run the gate with --head for each of them"});
    }
  }
  if (current != heads.end()) {
    return disk_tree(input.repository, input.directory, prefix);
  }
  const auto commit = heads.empty() ? repository.head().value_or(git::ObjectId()) : heads.front();
  return std::make_unique<CommitTree>(repository, commit, prefix);
}

/// The index and the commit that it is compared with; before the first one there is nothing to compare.
ChangeTree
staged_tree(const git::Repository& repository, std::string prefix, std::vector<Gap>& gaps)
{
  ChangeTree tree;
  tree.prefix = std::move(prefix);
  auto files = git::indexed_files(repository, gaps);
  if (!files) {
    gaps.push_back({GapKind::unreadable, "index", files.error().message, "Run it in a clone that has a work tree"});
  }
  tree.after =
      std::make_unique<IndexTree>(repository, files ? *std::move(files) : std::vector<git::IndexedFile>(), tree.prefix);
  if (const auto head = repository.head()) {
    tree.before = std::make_unique<CommitTree>(repository, *head, tree.prefix);
    tree.before_name = head->brief();
  }
  return tree;
}

}  // namespace

std::unique_ptr<FileTree>
disk_tree(const git::Repository* repository, const fs::path& directory, const std::string& prefix)
{
  DiskTree::Recorded recorded;
  if (repository != nullptr) {
    if (const auto head = repository->head()) {
      recorded.tree = std::make_unique<CommitTree>(*repository, *head, prefix);
    }
    recorded.encoding_of = [repository, prefix](std::string_view path) {
      return git::working_tree_encoding(*repository, prefix + std::string(path));
    };
    recorded.tracked = [repository, prefix] { return tracked_files(*repository, prefix); };
  }
  return std::make_unique<DiskTree>(directory, std::move(recorded));
}

ChangeTree
change_tree(const Input& input, std::vector<Gap>& gaps)
{
  if (input.range.kind == ci::RangeKind::staged && input.repository != nullptr) {
    return staged_tree(*input.repository, prefix_of(input), gaps);
  }
  ChangeTree tree;
  tree.prefix = prefix_of(input);
  tree.after = tree_after(input, tree.prefix, gaps);
  const bool is_range = input.range.kind == ci::RangeKind::commits && !input.range.excluded.empty();
  if (is_range && input.repository != nullptr) {
    // The first excluded commit is where the change began.
    const git::ObjectId& before = input.range.excluded.front();
    tree.before = std::make_unique<CommitTree>(*input.repository, before, tree.prefix);
    tree.before_name = before.brief();
  }
  return tree;
}

}  // namespace sluice::gate
