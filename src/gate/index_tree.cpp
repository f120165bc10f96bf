// SPDX-License-Identifier: Apache-2.0
#include "gate/file_tree.hpp"
#include "git/object_store.hpp"

#include <algorithm>

namespace sluice::gate {

namespace {

constexpr std::size_t max_files = 20'000;
constexpr std::ptrdiff_t max_depth = 8;

/// "services/api/" and "./db/migrations/" to "services/api/db/migrations"
std::string
path_in_index(const std::string& prefix, std::string_view path)
{
  std::string normal = std::filesystem::path(prefix + std::string(path)).lexically_normal().generic_string();
  while (normal.ends_with('/')) {
    normal.pop_back();
  }
  return normal == "." ? std::string() : normal;
}

}  // namespace

IndexTree::IndexTree(const git::Repository& repository, std::vector<git::IndexedFile> files, std::string prefix)
    : repository_(repository),
      files_(std::move(files)),
      prefix_(std::move(prefix))
{}

std::span<const git::IndexedFile>
IndexTree::below(std::string_view directory) const
{
  const std::string path = path_in_index(prefix_, directory);
  if (path.empty()) {
    return files_;
  }
  const auto comes_before = [](const git::IndexedFile& file, const std::string& bound) { return file.path < bound; };
  const auto begin = std::lower_bound(files_.begin(), files_.end(), path + "/", comes_before);
  const auto end = std::lower_bound(begin, files_.end(), path + "0", comes_before);  // '0' follows '/'
  return {begin, end};
}

const git::IndexedFile*
IndexTree::find(std::string_view path) const
{
  const std::string wanted = path_in_index(prefix_, path);
  const auto found =
      std::lower_bound(files_.begin(), files_.end(), wanted,
                       [](const git::IndexedFile& file, const std::string& bound) { return file.path < bound; });
  return found != files_.end() && found->path == wanted ? &*found : nullptr;
}

Listing
listing_of(std::span<const git::IndexedFile> files, std::size_t cut)
{
  Listing listing;
  for (const git::IndexedFile& file : files) {
    std::string name = file.path.substr(cut);
    if (git::is_type(file.mode, git::FileMode::submodule)) {
      listing.submodules.push_back(std::move(name));
      continue;
    }
    if (git::is_type(file.mode, git::FileMode::link)) {
      listing.links.push_back(name);
    }
    if (file.is_skipped) {
      listing.skipped.push_back(name);
    }
    listing.files.push_back(std::move(name));
  }
  return listing;
}

Listing
IndexTree::tracked() const
{
  const std::string path = path_in_index(prefix_, "");
  return listing_of(below(""), path.empty() ? 0 : path.size() + 1);
}

Listing
IndexTree::list(std::string_view directory) const
{
  Listing listing;
  const std::string path = path_in_index(prefix_, directory);
  const std::size_t cut = path.empty() ? 0 : path.size() + 1;
  for (const git::IndexedFile& file : below(directory)) {
    std::string name = file.path.substr(cut);
    const bool is_deep = std::count(name.begin(), name.end(), '/') > max_depth;
    if (is_deep || listing.files.size() == max_files) {
      listing.complete = false;
      continue;
    }
    if (git::is_type(file.mode, git::FileMode::submodule)) {
      listing.submodules.push_back(std::move(name));
      continue;
    }
    if (git::is_type(file.mode, git::FileMode::link)) {
      listing.links.push_back(name);
    }
    listing.files.push_back(std::move(name));
  }
  return listing;
}

bool
IndexTree::is_directory(std::string_view path) const
{
  return !below(path).empty() || path_in_index(prefix_, path).empty();
}

bool
IndexTree::is_file(std::string_view path) const
{
  const git::IndexedFile* file = find(path);
  return file != nullptr && git::is_type(file->mode, git::FileMode::file);
}

EntryKind
IndexTree::kind(std::string_view path) const
{
  const git::IndexedFile* file = find(path);
  if (file == nullptr) {
    return is_directory(path) ? EntryKind::directory : EntryKind::none;
  }
  return git::is_type(file->mode, git::FileMode::link)        ? EntryKind::link
         : git::is_type(file->mode, git::FileMode::submodule) ? EntryKind::submodule
                                                              : EntryKind::file;
}

/// Links of the index are not followed, as those of a commit are not.
std::optional<std::string>
IndexTree::directory_at(std::string_view path) const
{
  return is_directory(path) ? std::optional(std::string(path)) : std::nullopt;
}

std::optional<std::string>
IndexTree::link_at(std::string_view path) const
{
  const git::IndexedFile* file = find(path);
  if (file == nullptr || !git::is_type(file->mode, git::FileMode::link)) {
    return std::nullopt;
  }
  auto blob = repository_.objects().read(file->id, max_link_bytes);
  return blob ? std::optional(std::move(blob->content)) : std::nullopt;
}

Result<std::string>
IndexTree::read(std::string_view path, std::uint64_t max_bytes) const
{
  const git::IndexedFile* file = find(path);
  if (file == nullptr || !git::is_type(file->mode, git::FileMode::file)) {
    return fail(ErrorKind::input, "{}: is not a plain file", path);
  }
  TRY_ASSIGN(git::Object blob, repository_.objects().read(file->id, max_bytes));
  return std::move(blob.content);
}

}  // namespace sluice::gate
