// SPDX-License-Identifier: Apache-2.0
//
// A split index (`core.splitIndex`) is two files, so that git need not write a hundred thousand entries anew for each
// `git add`: the shared one, which stays, and the index itself, which says what has changed since. It says so in two
// bitmaps over the entries of the shared one, those that are deleted and those that are replaced, and in entries of its
// own: first the replacements, without their paths and in the order of the bits, then what is new
// (gitformat-index(5), "Split index").
//
// The bitmaps are compressed as EWAH: words of 64 bits, each run of equal ones told by a marker (bit 0: which; 32 bits:
// how many; 31 bits: how many words follow as they are). A marker of eight bytes can stand for 2^38 bits, so a bitmap
// is read only as far as there are entries.
#include "git/worktree/split_index.hpp"

#include "git/objects/big_endian.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace sluice::git {

namespace {

constexpr std::size_t word_bits = 64;

/// An index of the largest size that is read holds fewer entries.
constexpr std::uint32_t max_bits = 64U << 20U;

/// The positions of set bits, put together word by word.
class Bits
{
public:
  explicit Bits(std::uint32_t size)
      : size_(size)
  {}

  /// False if there are more words than bits to be told.
  [[nodiscard]] bool
  add(std::uint64_t word)
  {
    if (at_ >= size_) {
      return false;
    }
    for (std::size_t bit = 0; bit < word_bits; ++bit) {
      if ((word >> bit & 1U) != 0 && at_ + bit < size_) {
        set_.push_back(static_cast<std::uint32_t>(at_ + bit));
      }
    }
    at_ += word_bits;
    return true;
  }

  std::vector<std::uint32_t>
  set() &&
  {
    return std::move(set_);
  }

private:
  std::uint64_t at_ = 0;
  std::uint32_t size_;
  std::vector<std::uint32_t> set_;
};

/// Takes one bitmap off the front of `bytes`; nothing if it is none.
std::optional<std::vector<std::uint32_t>>
take_bitmap(std::string_view& bytes)
{
  constexpr std::size_t head = 8;  // how many bits, how many words
  constexpr std::size_t tail = 4;  // where the last marker is, which only a writer needs
  if (bytes.size() < head + tail) {
    return std::nullopt;
  }
  const std::uint32_t size = read_u32(bytes.data());
  const std::uint64_t words = read_u32(bytes.data() + 4);
  if (size > max_bits || words > (bytes.size() - head - tail) / 8) {
    return std::nullopt;
  }
  const auto word = [&bytes](std::uint64_t i) { return read_u64(bytes.data() + head + i * 8); };
  Bits bits(size);
  for (std::uint64_t i = 0; i < words;) {
    const std::uint64_t marker = word(i++);
    const std::uint64_t run = marker >> 1U & 0xFFFFFFFFU;
    const std::uint64_t literals = marker >> 33U;
    for (std::uint64_t n = 0; n < run; ++n) {
      if (!bits.add((marker & 1U) != 0 ? ~std::uint64_t{0} : 0)) {
        return std::nullopt;
      }
    }
    if (literals > words - i) {
      return std::nullopt;
    }
    for (std::uint64_t n = 0; n < literals; ++n) {
      if (!bits.add(word(i++))) {
        return std::nullopt;
      }
    }
  }
  bytes.remove_prefix(head + words * 8 + tail);
  return std::move(bits).set();
}

bool
comes_first(const IndexEntry& a, const IndexEntry& b)
{
  return std::tie(a.path, a.stage) < std::tie(b.path, b.stage);
}

/// What is new comes behind what it takes the place of: the same path and stage, and the sides of a conflict that is
/// resolved now.
std::vector<IndexEntry>
without_displaced(std::vector<IndexEntry> entries)
{
  std::vector<IndexEntry> kept;
  for (IndexEntry& entry : entries) {
    const bool displaces = !kept.empty() && kept.back().path == entry.path && kept.back().stage == entry.stage;
    const bool is_resolved = !kept.empty() && kept.back().path == entry.path && kept.back().stage == 0;
    if (displaces) {
      kept.back() = std::move(entry);
    } else if (!is_resolved) {
      kept.push_back(std::move(entry));
    }
  }
  return kept;
}

}  // namespace

Result<IndexLink>
parse_index_link(std::string_view extension, std::uint8_t id_size, std::string_view name)
{
  const auto corrupt = [name] { return fail(ErrorKind::input, "{}: is corrupt: its link cannot be read", name); };
  if (extension.size() < id_size) {
    return corrupt();
  }
  IndexLink link;
  link.shared = ObjectId::from_raw(reinterpret_cast<const std::uint8_t*>(extension.data()), id_size);
  extension.remove_prefix(id_size);
  if (extension.empty()) {
    return link;
  }
  auto deleted = take_bitmap(extension);
  auto replaced = deleted ? take_bitmap(extension) : std::nullopt;
  if (!replaced) {
    return corrupt();
  }
  link.deleted = *std::move(deleted);
  link.replaced = *std::move(replaced);
  return link;
}

Result<std::vector<IndexEntry>>
joined_index(ParsedIndex own, std::vector<IndexEntry> shared, std::string_view name)
{
  const auto fits = [&shared](const std::vector<std::uint32_t>& bits) {
    return bits.empty() || bits.back() < shared.size();
  };
  const auto with_path =
      std::find_if(own.entries.begin(), own.entries.end(), [](const IndexEntry& entry) { return !entry.path.empty(); });
  const auto replacements = static_cast<std::size_t>(with_path - own.entries.begin());
  if (!fits(own.link->deleted) || !fits(own.link->replaced) || replacements != own.link->replaced.size()) {
    return fail(ErrorKind::input, "{}: is corrupt: it does not fit the shared index that it names", name);
  }
  for (std::size_t i = 0; i < replacements; ++i) {
    IndexEntry& replaced = shared[own.link->replaced[i]];
    own.entries[i].path = std::move(replaced.path);
    own.entries[i].stage = replaced.stage;
    replaced = std::move(own.entries[i]);
  }
  std::vector<IndexEntry> all;
  auto deleted = own.link->deleted.begin();
  for (std::size_t i = 0; i < shared.size(); ++i) {
    if (deleted != own.link->deleted.end() && *deleted == i) {
      ++deleted;
    } else {
      all.push_back(std::move(shared[i]));
    }
  }
  std::move(with_path, own.entries.end(), std::back_inserter(all));
  std::stable_sort(all.begin(), all.end(), comes_first);
  return without_displaced(std::move(all));
}

}  // namespace sluice::git
