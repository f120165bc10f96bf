// SPDX-License-Identifier: Apache-2.0
#include "gate/file_tree.hpp"
#include "git/object_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace sluice::gate {

namespace {

constexpr std::size_t max_files = 20'000;
constexpr int max_depth = 8;
constexpr std::size_t max_tracked = 2'000'000;
constexpr int max_tracked_depth = 200;

struct Entry
{
  git::ObjectId id;
  std::uint32_t mode = 0;
};

/// The entry at a path of a commit, whose root is a directory like others.
std::optional<Entry>
entry_at(const git::Repository& repository, const git::ObjectId& commit, std::string_view path)
{
  const auto parsed = repository.commit(commit);
  if (!parsed) {
    return std::nullopt;
  }
  std::optional<Entry> at = Entry{parsed->tree, static_cast<std::uint32_t>(git::FileMode::tree)};
  const std::filesystem::path segments(path);
  for (const auto& segment : segments) {
    if (segment.empty() || segment == ".") {
      continue;
    }
    const auto tree = repository.objects().read(at->id);
    at.reset();
    if (tree && tree->kind == git::ObjectKind::tree) {
      git::for_each_entry(tree->content, commit.size, [&](const git::TreeEntry& entry) {
        if (entry.name == segment.string()) {
          at = Entry{entry.id, entry.mode};
        }
      });
    }
    if (!at) {
      return std::nullopt;
    }
  }
  return at;
}

/// Trees can share each other, so that a few of them hold any number of files: both are counted.
struct TreeLister
{
  const git::Repository& repository;
  std::size_t most_files = max_files;
  int deepest = max_depth;
  Listing listing = {};
  std::size_t trees = 0;

  void
  list(const git::ObjectId& id, const std::string& prefix, int depth)
  {
    const auto tree = repository.objects().read(id);
    if (!tree || depth > deepest || ++trees > most_files) {
      listing.complete = false;
      return;
    }
    git::for_each_entry(tree->content, id.size, [&](const git::TreeEntry& entry) {
      if (entry.is_tree()) {
        list(entry.id, fmt::format("{}{}/", prefix, entry.name), depth + 1);
      } else if (entry.is_submodule()) {
        listing.submodules.push_back(fmt::format("{}{}", prefix, entry.name));
      } else if (listing.files.size() < most_files) {
        listing.files.push_back(fmt::format("{}{}", prefix, entry.name));
        if (git::is_type(entry.mode, git::FileMode::link)) {
          listing.links.push_back(listing.files.back());
        }
      } else {
        listing.complete = false;
      }
    });
  }
};

Listing
listed(TreeLister lister, const std::optional<Entry>& entry)
{
  if (entry && git::is_type(entry->mode, git::FileMode::tree)) {
    lister.list(entry->id, "", 0);
  }
  std::sort(lister.listing.files.begin(), lister.listing.files.end());
  std::sort(lister.listing.links.begin(), lister.listing.links.end());
  std::sort(lister.listing.submodules.begin(), lister.listing.submodules.end());
  return std::move(lister.listing);
}

}  // namespace

Listing
CommitTree::list(std::string_view directory) const
{
  return listed({repository_}, entry_at(repository_, commit_, prefix_ + std::string(directory)));
}

Listing
CommitTree::tracked() const
{
  return listed({repository_, max_tracked, max_tracked_depth}, entry_at(repository_, commit_, prefix_));
}

bool
CommitTree::is_directory(std::string_view path) const
{
  const auto entry = entry_at(repository_, commit_, prefix_ + std::string(path));
  return entry && git::is_type(entry->mode, git::FileMode::tree);
}

bool
CommitTree::is_file(std::string_view path) const
{
  const auto entry = entry_at(repository_, commit_, prefix_ + std::string(path));
  return entry && git::is_type(entry->mode, git::FileMode::file);
}

EntryKind
CommitTree::kind(std::string_view path) const
{
  const auto entry = entry_at(repository_, commit_, prefix_ + std::string(path));
  if (!entry) {
    return EntryKind::none;
  }
  return git::is_type(entry->mode, git::FileMode::tree)        ? EntryKind::directory
         : git::is_type(entry->mode, git::FileMode::link)      ? EntryKind::link
         : git::is_type(entry->mode, git::FileMode::submodule) ? EntryKind::submodule
                                                               : EntryKind::file;
}

/// Links of a commit are not followed: what they lead to is asked for by its own path.
std::optional<std::string>
CommitTree::directory_at(std::string_view path) const
{
  return is_directory(path) ? std::optional(std::string(path)) : std::nullopt;
}

std::optional<std::string>
CommitTree::link_at(std::string_view path) const
{
  const auto entry = entry_at(repository_, commit_, prefix_ + std::string(path));
  if (!entry || !git::is_type(entry->mode, git::FileMode::link)) {
    return std::nullopt;
  }
  auto blob = repository_.objects().read(entry->id, max_link_bytes);
  return blob ? std::optional(std::move(blob->content)) : std::nullopt;
}

Result<std::string>
CommitTree::read(std::string_view path, std::uint64_t max_bytes) const
{
  const auto entry = entry_at(repository_, commit_, prefix_ + std::string(path));
  if (!entry || !git::is_type(entry->mode, git::FileMode::file)) {
    return fail(ErrorKind::input, "{}: is not a plain file", path);
  }
  TRY_ASSIGN(git::Object blob, repository_.objects().read(entry->id, max_bytes));
  return std::move(blob.content);
}

}  // namespace sluice::gate
