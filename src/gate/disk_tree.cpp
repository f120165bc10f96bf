// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "gate/file_tree.hpp"

#include <algorithm>

namespace sluice::gate {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_files = 20'000;
constexpr int max_depth = 8;

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
    if (entry->symlink_status(failed).type() == fs::file_type::directory) {
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
    listing.files.push_back(entry->path().lexically_relative(base).generic_string());
  }
  listing.complete = listing.complete && !failed;
  std::sort(listing.files.begin(), listing.files.end());
  return listing;
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
DiskTree::read(std::string_view path) const
{
  std::error_code failed;
  if (fs::symlink_status(root_ / path, failed).type() != fs::file_type::regular || !is_inside(root_, root_ / path)) {
    return fail(ErrorKind::input, "{}: is not a plain file below the directory that is judged", path);
  }
  return read_file(root_ / path, max_file_bytes);
}

}  // namespace sluice::gate
