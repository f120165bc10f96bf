// SPDX-License-Identifier: Apache-2.0
#include "git/worktree.hpp"

#include "base/path.hpp"
#include "base/text.hpp"
#include "git/object_store.hpp"
#include "git/worktree/index.hpp"
#include "git/worktree/listing.hpp"
#include "git/worktree/scan.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace sluice::git {

namespace {

constexpr std::uint64_t max_staged_bytes = 512U << 20U;         ///< of one file
constexpr std::uint64_t max_all_staged_bytes = 2048ULL << 20U;  ///< they are in memory at once

/// A sparse index stands for what is outside of the checkout by whole directories.
void
expand(const Repository& repository, const IndexEntry& directory, std::vector<IndexEntry>& into, std::vector<Gap>& gaps)
{
  UnreadObjects unread;
  const auto take = [&](const std::string& path, const RawTreeEntry& entry) {
    into.push_back({path, ObjectId::from_raw(entry.id, directory.id.size), entry.mode, 0, true, false});
  };
  if (!list_tree(repository, directory.id, directory.path, take, unread)) {
    gaps.push_back(unbounded_gap("the index"));
  }
  unread.report(repository.is_partial(), gaps);
}

/// The index cannot be had: what is staged, and what of the work tree is tracked, is not known.
Gap
index_gap(const Repository& repository, const Error& error)
{
  const GapKind kind = error.kind == ErrorKind::input         ? GapKind::corrupt_object
                       : error.kind == ErrorKind::environment ? GapKind::unknown_format
                                                              : GapKind::unreadable;
  const bool is_own = repository.index_file() == repository.git_directory() / "index";
  std::string fix = kind == GapKind::unreadable       ? "Let the gate run as a user who may read it"
                    : kind == GapKind::unknown_format ? "Let a newer version of Sluice judge it"
                                                      : "rm -f .git/index\ngit reset";
  if (kind == GapKind::corrupt_object && !is_own) {
    fix = "Let git write it anew: run the command again that has this hook,\nor unset GIT_INDEX_FILE";
  }
  return {kind, "index", error.message, std::move(fix)};
}

/// git writes the index that it names to a hook before it starts the hook.
std::optional<Gap>
absent_index(const Repository& repository)
{
  const std::filesystem::path& file = repository.index_file();
  std::error_code ignored;
  const bool is_named = file != repository.git_directory() / "index";
  if (!is_named || std::filesystem::exists(file, ignored) || !repository.head()) {
    return std::nullopt;
  }
  return Gap{GapKind::unreadable, "index", fmt::format("GIT_INDEX_FILE: '{}' is not there", file.string()),
             "Let the gate see the file that git names (a container must see it too),\nor unset GIT_INDEX_FILE"};
}

std::vector<IndexEntry>
read_index(const Repository& repository, std::vector<Gap>& gaps)
{
  std::vector<IndexEntry> entries;
  auto stored = load_index(repository.index_file(), repository.git_directory(), repository.is_sha256() ? 32 : 20);
  if (!stored) {
    gaps.push_back(index_gap(repository, stored.error()));
    return entries;
  }
  if (auto absent = absent_index(repository)) {
    gaps.push_back(*std::move(absent));
  }
  for (IndexEntry& entry : *stored) {
    if (entry.path.ends_with('/')) {
      expand(repository, entry, entries, gaps);
    } else {
      entries.push_back(std::move(entry));
    }
  }
  return entries;
}

Failure
is_bare(const Repository& repository)
{
  return fail(ErrorKind::input, "{}: is a bare repository, without work tree and index",
              repository.git_directory().string());
}

/// Calls visit for every blob and submodule of HEAD's tree; what is kept from it is a gap.
void
list_head(const Repository& repository,
          const std::function<void(const std::string& path, const RawTreeEntry& entry)>& visit, std::vector<Gap>& gaps)
{
  if (const auto head = repository.head()) {
    list_commit(repository, *head, visit, gaps);
  }
}

struct HeadEntry
{
  ObjectId id;
  bool is_submodule = false;
};

/// By path.
std::unordered_map<std::string, HeadEntry>
entries_of_head(const Repository& repository, std::vector<Gap>& gaps)
{
  std::unordered_map<std::string, HeadEntry> entries;
  const std::uint8_t id_size = repository.is_sha256() ? 32 : 20;
  const auto take = [&](const std::string& path, const RawTreeEntry& entry) {
    entries.emplace(path, HeadEntry{ObjectId::from_raw(entry.id, id_size), entry.is_submodule()});
  };
  list_head(repository, take, gaps);
  return entries;
}

/// The content of a staged blob; what cannot be had becomes a gap.
std::optional<std::string>
staged_content(const Repository& repository, const IndexEntry& entry, std::uint64_t max_bytes, std::vector<Gap>& gaps)
{
  auto object = repository.objects().read(entry.id, max_bytes);
  if (!object) {
    gaps.push_back({GapKind::unreadable, entry.path,
                    fmt::format("is staged but was not examined: {}", object.error().message), ""});
    return std::nullopt;
  }
  return std::move(object->content);
}

/// The entries of the index without the sides of conflicts, each of which is a gap.
std::vector<IndexEntry>
merged_entries(const Repository& repository, std::vector<Gap>& gaps)
{
  std::vector<IndexEntry> merged;
  std::string in_conflict;
  for (IndexEntry& entry : read_index(repository, gaps)) {
    if (entry.stage == 0) {
      merged.push_back(std::move(entry));
    } else if (std::exchange(in_conflict, entry.path) != entry.path) {
      gaps.push_back({GapKind::unmerged, entry.path, "is in conflict, so what will be committed is not known yet",
                      "Resolve the conflict and `git add` the file"});
    }
  }
  return merged;
}

/// Whether the entry says something that HEAD does not.
bool
is_staged(const IndexEntry& entry, const std::unordered_map<std::string, HeadEntry>& head)
{
  const auto before = head.find(entry.path);
  return !entry.is_intent_to_add && (before == head.end() || before->second.id != entry.id);
}

}  // namespace

Result<std::vector<StagedFile>>
staged_files(const Repository& repository, std::vector<Gap>& gaps)
{
  if (repository.is_bare()) {
    return is_bare(repository);
  }
  const auto head = entries_of_head(repository, gaps);
  std::vector<StagedFile> staged;
  std::uint64_t bytes = 0;
  for (const IndexEntry& entry : merged_entries(repository, gaps)) {
    if (!is_staged(entry, head)) {
      continue;
    }
    if (is_type(entry.mode, FileMode::submodule)) {
      gaps.push_back(submodule_gap(entry.path));
      continue;
    }
    const std::uint64_t allowed = std::min(max_staged_bytes, max_all_staged_bytes - bytes);
    if (auto content = staged_content(repository, entry, allowed, gaps)) {
      StagedFile file{entry.path, std::move(*content), std::nullopt};
      if (const auto before = head.find(entry.path); before != head.end() && !before->second.is_submodule) {
        auto object = repository.objects().read(before->second.id, allowed);
        file.replaced = object ? std::optional(std::move(object->content)) : std::nullopt;
      }
      bytes = std::min(max_all_staged_bytes, bytes + file.content.size() + (file.replaced ? file.replaced->size() : 0));
      staged.push_back(std::move(file));
    }
  }
  return staged;
}

Result<std::vector<std::string>>
worktree_files(const Repository& repository, std::vector<Gap>& gaps)
{
  if (repository.is_bare()) {
    return is_bare(repository);
  }
  return scan_worktree(repository, read_index(repository, gaps), gaps);
}

Result<std::vector<IndexedFile>>
files_to_be_removed(const Repository& repository, std::vector<Gap>& gaps)
{
  if (repository.is_bare()) {
    return is_bare(repository);
  }
  std::unordered_set<std::string> kept;
  for (const IndexEntry& entry : read_index(repository, gaps)) {
    kept.insert(entry.path);
  }
  std::vector<IndexedFile> files;
  for (const auto& [path, entry] : entries_of_head(repository, gaps)) {
    if (!entry.is_submodule && !kept.contains(path)) {
      files.push_back({path, entry.id, 0});
    }
  }
  std::sort(files.begin(), files.end(), [](const IndexedFile& a, const IndexedFile& b) { return a.path < b.path; });
  return files;
}

Result<std::vector<IndexedFile>>
indexed_files(const Repository& repository, std::vector<Gap>& gaps)
{
  if (repository.is_bare()) {
    return is_bare(repository);
  }
  std::vector<IndexedFile> files;
  for (IndexEntry& entry : merged_entries(repository, gaps)) {
    if (!entry.is_intent_to_add) {
      files.push_back({std::move(entry.path), entry.id, entry.mode, entry.is_skipped});
    }
  }
  std::sort(files.begin(), files.end(), [](const IndexedFile& a, const IndexedFile& b) { return a.path < b.path; });
  return files;
}

Gap
submodule_gap(std::string path)
{
  return {GapKind::submodule, std::move(path), "is a repository of its own, of which nothing was examined",
          "Run `git submodule update --init` and this gate with --repo on it, or in its own pipeline"};
}

std::vector<Gap>
submodule_gaps(const Repository& repository)
{
  std::vector<Gap> gaps;
  const auto take = [&gaps](const std::string& path, const RawTreeEntry& entry) {
    if (entry.is_submodule()) {
      gaps.push_back(submodule_gap(path));
    }
  };
  list_head(repository, take, gaps);
  return gaps;
}

}  // namespace sluice::git
