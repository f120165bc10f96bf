// SPDX-License-Identifier: Apache-2.0
#include "git/objects/object_sources.hpp"

#include "git/objects/alternates.hpp"

namespace sluice::git {

namespace {

/// Packs, and indexes that lack theirs, sorted.
std::vector<std::filesystem::path>
packs_in(const std::filesystem::path& directory, std::vector<Gap>& gaps)
{
  std::vector<std::filesystem::path> packs;
  std::error_code error;
  for (std::filesystem::directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    std::filesystem::path path = it->path();
    // git reads whatever has an index. A pack of another name that has none is being written.
    const bool is_pack = path.extension() == ".pack" && path.filename().string().starts_with("pack-");
    if (is_pack || path.extension() == ".idx") {
      packs.push_back(path.replace_extension(".pack"));
    }
  }
  if (error && error != std::errc::no_such_file_or_directory) {
    gaps.push_back({GapKind::unreadable, directory.string(), "cannot be listed: " + error.message(),
                    "Give the gate read access to it"});
  }
  std::sort(packs.begin(), packs.end());
  packs.erase(std::unique(packs.begin(), packs.end()), packs.end());
  return packs;
}

}  // namespace

ObjectSources::ObjectSources(const std::filesystem::path& objects_directory, std::uint8_t id_size,
                             std::span<const std::filesystem::path> more)
    : id_size_(id_size)
{
  for (const std::filesystem::path& directory : with_alternates(objects_directory, gaps_, more)) {
    open_packs(directory / "pack");
    loose_.emplace_back(directory, id_size);
  }
}

void
ObjectSources::open_packs(const std::filesystem::path& directory)
{
  for (const std::filesystem::path& path : packs_in(directory, gaps_)) {
    auto pack = Pack::open(path, id_size_);
    if (pack && pack->index().count() > most_objects - object_count_) {
      pack = fail(ErrorKind::input, "the packs together hold too many objects");
    }
    if (pack) {
      object_count_ += pack->index().count();
      packs_.push_back(std::move(*pack));
    } else {
      gaps_.push_back({GapKind::unreadable, path.string(), "no object of this pack was read: " + pack.error().message,
                       "Rebuild its index with git index-pack, or fetch the repository again"});
    }
  }
}

std::optional<PackPlace>
ObjectSources::find_in(std::uint32_t pack, const ObjectId& id) const
{
  const PackIndex& index = packs_[pack].index();
  if (const auto ordinal = index.find(id)) {
    return PackPlace{pack, index.offset(*ordinal)};
  }
  return std::nullopt;
}

std::optional<PackPlace>
ObjectSources::find_packed(const ObjectId& id) const
{
  const auto count = static_cast<std::uint32_t>(packs_.size());
  const std::uint32_t first = last_pack_.load(std::memory_order_relaxed);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t pack = (first + i) % count;
    if (const auto place = find_in(pack, id)) {
      if (pack != first) {
        last_pack_.store(pack, std::memory_order_relaxed);
      }
      return place;
    }
  }
  return std::nullopt;
}

std::optional<PackEntry>
ObjectSources::entry(PackPlace place) const
{
  return packs_[place.pack].entry(place.offset);
}

bool
ObjectSources::contains(const ObjectId& id) const
{
  return find_packed(id).has_value()
         || std::any_of(loose_.begin(), loose_.end(), [&](const LooseObjects& loose) { return loose.contains(id); });
}

int
ObjectSources::copies(const ObjectId& id) const
{
  int count = 0;
  for (std::uint32_t pack = 0; pack < packs_.size() && count < 2; ++pack) {
    count += find_in(pack, id) ? 1 : 0;
  }
  for (auto loose = loose_.begin(); loose != loose_.end() && count < 2; ++loose) {
    count += loose->contains(id) ? 1 : 0;
  }
  return count;
}

}  // namespace sluice::git
