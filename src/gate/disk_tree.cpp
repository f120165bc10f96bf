// SPDX-License-Identifier: Apache-2.0
#include "base/encoding.hpp"
#include "base/path.hpp"
#include "base/utf8.hpp"
#include "gate/file_tree.hpp"

#include <algorithm>

namespace sluice::gate {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_files = 20'000;
constexpr int max_depth = 8;
constexpr std::size_t max_tracked = 2'000'000;

/// Whether the path, every link on its way followed, still lies below the root.
bool
is_inside(const fs::path& root, const fs::path& path)
{
  std::error_code failed;
  const fs::path real_root = fs::weakly_canonical(root, failed);
  const fs::path real = fs::weakly_canonical(path, failed);
  const fs::path relative = real.lexically_relative(real_root);
  return !failed && !relative.empty() && *relative.begin() != "..";
}

Result<std::string>
read_plain(const fs::path& root, std::string_view path, std::uint64_t max_bytes)
{
  if (auto text = read_file_below(root, path, max_bytes); text && *text) {
    return *std::move(text);
  }
  std::error_code failed;
  if (fs::symlink_status(root / path, failed).type() != fs::file_type::regular || !is_inside(root, root / path)) {
    return fail(ErrorKind::input, "{}: is not a plain file below the directory that is judged", path);
  }
  return read_file(root / path, max_bytes);
}

}  // namespace

Listing
DiskTree::list(std::string_view directory) const
{
  Listing listing;
  if (!is_directory(directory)) {
    return listing;
  }
  std::error_code failed;
  const fs::path base = root_ / directory;
  for (auto entry = fs::recursive_directory_iterator(base, failed); !failed && entry != fs::end(entry);
       entry.increment(failed)) {
    const fs::file_type type = entry->symlink_status(failed).type();
    const std::string name = entry->path().lexically_relative(base).generic_string();
    if (entry->path().filename() == ".git") {
      entry.disable_recursion_pending();  // what git keeps there is in no tree
      continue;
    }
    if (type == fs::file_type::directory) {
      if (is_submodule(entry->path().lexically_relative(root_).generic_string())) {
        listing.submodules.push_back(name);
        entry.disable_recursion_pending();
        continue;
      }
      const bool too_deep = entry.depth() >= max_depth;
      listing.complete = listing.complete && !too_deep;
      if (too_deep) {
        entry.disable_recursion_pending();
      }
      continue;
    }
    if (listing.files.size() == max_files) {
      listing.complete = false;
      break;
    }
    listing.files.push_back(name);
    if (type == fs::file_type::symlink) {
      listing.links.push_back(name);
    }
  }
  listing.complete = listing.complete && !failed;
  std::sort(listing.files.begin(), listing.files.end());
  std::sort(listing.links.begin(), listing.links.end());
  std::sort(listing.submodules.begin(), listing.submodules.end());
  return listing;
}

Listing
DiskTree::tracked() const
{
  if (recorded_.tracked) {
    if (auto listing = recorded_.tracked()) {
      return *std::move(listing);
    }
  }
  Listing listing;
  std::error_code failed;
  for (auto entry = fs::recursive_directory_iterator(root_, failed); !failed && entry != fs::end(entry);
       entry.increment(failed)) {
    const fs::file_type type = entry->symlink_status(failed).type();
    const fs::path name = entry->path().filename();
    if (type == fs::file_type::directory) {
      if (name == ".git" || name == "node_modules") {
        entry.disable_recursion_pending();
      }
    } else if (listing.files.size() == max_tracked) {
      listing.complete = false;
      break;
    } else {
      listing.files.push_back(entry->path().lexically_relative(root_).generic_string());
      if (type == fs::file_type::symlink) {
        listing.links.push_back(listing.files.back());
      }
    }
  }
  listing.complete = listing.complete && !failed;
  std::sort(listing.files.begin(), listing.files.end());
  std::sort(listing.links.begin(), listing.links.end());
  return listing;
}

/// A directory with a `.git` in it, as a checked-out one has, or one of which the repository says so.
bool
DiskTree::is_submodule(std::string_view path) const
{
  std::error_code failed;
  const bool is_root = path.empty() || path == ".";
  return !is_root
         && (fs::exists(fs::symlink_status(root_ / path / ".git", failed))
             || (recorded_.tree != nullptr && recorded_.tree->kind(path) == EntryKind::submodule));
}

EntryKind
DiskTree::kind(std::string_view path) const
{
  std::error_code failed;
  switch (fs::symlink_status(root_ / path, failed).type()) {
  case fs::file_type::symlink:
    return EntryKind::link;
  case fs::file_type::directory:
    return is_submodule(path) ? EntryKind::submodule : EntryKind::directory;
  case fs::file_type::regular:
    return EntryKind::file;
  default:
    return EntryKind::none;
  }
}

std::optional<std::string>
DiskTree::directory_at(std::string_view path) const
{
  if (!is_directory(path)) {
    return std::nullopt;
  }
  std::error_code failed;
  const fs::path real_root = fs::weakly_canonical(root_, failed);
  const std::string real = fs::weakly_canonical(root_ / path, failed).lexically_relative(real_root).generic_string();
  return failed ? std::nullopt : std::optional(real == "." ? "" : real);
}

std::optional<std::string>
DiskTree::link_at(std::string_view path) const
{
  std::error_code failed;
  const fs::path target = fs::read_symlink(root_ / path, failed);
  return failed ? std::nullopt : std::optional(target.generic_string());
}

std::vector<std::string>
DiskTree::untracked_names(std::string_view directory) const
{
  std::vector<std::string> names;
  if (!is_directory(directory)) {
    return names;
  }
  std::error_code failed;
  for (auto entry = fs::directory_iterator(root_ / directory, failed); !failed && entry != fs::end(entry);
       entry.increment(failed)) {
    if (entry->symlink_status(failed).type() == fs::file_type::regular) {
      names.push_back(entry->path().filename().string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

bool
DiskTree::is_directory(std::string_view path) const
{
  std::error_code failed;
  return fs::is_directory(root_ / path, failed) && is_inside(root_, root_ / path);
}

bool
DiskTree::is_file(std::string_view path) const
{
  std::error_code failed;
  return fs::is_regular_file(root_ / path, failed);
}

Result<std::string>
DiskTree::read(std::string_view path, std::uint64_t max_bytes) const
{
  TRY_ASSIGN(std::string text, read_plain(root_, path, max_bytes));
  // Asked only where it matters: bytes that are UTF-8 already are what every tool will read.
  const bool is_plain = text.find('\0') == std::string::npos && is_utf8(text);
  const std::lock_guard lock(encodings_);
  const auto encoding = is_plain || !recorded_.encoding_of ? std::nullopt : recorded_.encoding_of(path);
  if (!encoding) {
    return text;
  }
  TRY_ASSIGN(std::string decoded, to_utf8(text, *encoding));
  return decoded;
}

}  // namespace sluice::gate
