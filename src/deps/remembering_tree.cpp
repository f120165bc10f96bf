// SPDX-License-Identifier: Apache-2.0
#include "deps/remembering_tree.hpp"

namespace sluice::deps {

gate::Listing
RememberingTree::list(std::string_view directory) const
{
  if (const auto known = listings_.find(directory); known != listings_.end()) {
    return known->second;
  }
  gate::Listing listing = tree_.list(directory);
  if (files_ + listing.files.size() <= most_files) {
    files_ += listing.files.size() + 1;
    listings_.emplace(directory, listing);
  }
  return listing;
}

// Lockfiles are read once anyway.
Result<std::string>
RememberingTree::read(std::string_view path, std::uint64_t max_bytes) const
{
  const bool is_manifest = path.ends_with("package.json");
  if (const auto known = is_manifest ? manifests_.find(path) : manifests_.end();
      known != manifests_.end() && known->second.size() <= max_bytes) {
    return known->second;
  }
  auto text = tree_.read(path, max_bytes);
  if (is_manifest && text && bytes_ + text->size() <= most_bytes) {
    bytes_ += text->size() + path.size();
    manifests_.emplace(path, *text);
  }
  return text;
}

}  // namespace sluice::deps
