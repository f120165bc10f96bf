// SPDX-License-Identifier: Apache-2.0
#include "git/worktree/index.hpp"

#include "base/hash.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "git/objects/big_endian.hpp"
#include "git/worktree/split_index.hpp"

#include <algorithm>

namespace sluice::git {

namespace {

constexpr std::uint64_t max_index_bytes = 1U << 30U;
constexpr std::size_t header_bytes = 12;
constexpr std::size_t stat_bytes = 40;  // times, device, inode, mode, owner, size
constexpr std::size_t mode_offset = 24;
constexpr std::size_t max_path_bytes = 64U << 10U;
constexpr std::size_t max_all_path_bytes = 1U << 30U;  // version 4 can make much of little

constexpr unsigned flag_extended = 0x4000;
constexpr unsigned flag_skip_worktree = 0x4000;  // of the extended flags
constexpr unsigned flag_intent_to_add = 0x2000;

unsigned
big_endian_16(std::string_view bytes)
{
  return static_cast<unsigned>(static_cast<unsigned char>(bytes[0])) << 8U | static_cast<unsigned char>(bytes[1]);
}

class IndexReader
{
public:
  IndexReader(std::string_view bytes, std::uint8_t id_size, std::string_view name)
      : bytes_(bytes),
        id_size_(id_size),
        name_(name)
  {}

  [[nodiscard]] Result<ParsedIndex>
  read()
  {
    if (bytes_.size() < header_bytes + id_size_ || !bytes_.starts_with("DIRC")) {
      return fail(ErrorKind::input, "{}: is not an index", name_);
    }
    version_ = number(4);
    if (version_ < 2 || version_ > 4) {
      return fail(ErrorKind::environment, "{}: is an index of version {}, which is not known here", name_, version_);
    }
    const std::uint32_t count = number(8);
    bytes_.remove_suffix(id_size_);  // the checksum
    at_ = header_bytes;
    ParsedIndex index;
    for (std::uint32_t i = 0; i < count; ++i) {
      IndexEntry entry;
      if (!read_entry(entry) || (path_bytes_ += entry.path.size()) > max_all_path_bytes) {
        return fail(ErrorKind::input, "{}: is corrupt: entry {} of {} cannot be read", name_, i + 1, count);
      }
      previous_path_ = entry.path;
      index.entries.push_back(std::move(entry));
    }
    TRY(read_extensions(index));
    // Only in a split index does a path lie elsewhere.
    const auto lacks_path = [](const IndexEntry& entry) { return entry.path.empty(); };
    if (!index.link && std::any_of(index.entries.begin(), index.entries.end(), lacks_path)) {
      return fail(ErrorKind::input, "{}: is corrupt: an entry has no path", name_);
    }
    return index;
  }

private:
  [[nodiscard]] std::uint32_t
  number(std::size_t offset) const
  {
    return read_u32(bytes_.data() + offset);
  }

  [[nodiscard]] bool
  read_entry(IndexEntry& entry)
  {
    const std::size_t begin = at_;
    if (bytes_.size() - at_ < stat_bytes + id_size_ + 4) {
      return false;
    }
    entry.mode = number(at_ + mode_offset);
    at_ += stat_bytes;
    entry.id = ObjectId::from_raw(reinterpret_cast<const std::uint8_t*>(bytes_.data()) + at_, id_size_);
    at_ += id_size_;
    const unsigned flags = big_endian_16(bytes_.substr(at_));
    at_ += 2;
    entry.stage = static_cast<int>(flags >> 12U & 3U);
    if ((flags & flag_extended) != 0) {
      const unsigned extended = big_endian_16(bytes_.substr(at_));
      at_ += 2;
      entry.is_skipped = (extended & flag_skip_worktree) != 0;
      entry.is_intent_to_add = (extended & flag_intent_to_add) != 0;
    }
    return version_ == 4 ? read_compressed_path(entry.path) : read_padded_path(entry.path, begin);
  }

  /// Ends in one to eight NULs, so that the next entry begins at a multiple of eight bytes from this one's beginning.
  [[nodiscard]] bool
  read_padded_path(std::string& path, std::size_t begin)
  {
    const std::size_t end = bytes_.find('\0', at_);
    if (end == std::string_view::npos) {
      return false;
    }
    path = bytes_.substr(at_, end - at_);
    at_ = begin + ((end - begin) / 8 + 1) * 8;
    return at_ <= bytes_.size();
  }

  /// How many bytes to cut off the path before, in git's offset encoding, then what follows instead and a NUL.
  [[nodiscard]] bool
  read_compressed_path(std::string& path)
  {
    std::size_t cut = 0;
    for (bool first = true;; first = false) {
      if (at_ >= bytes_.size() || cut > max_path_bytes) {
        return false;
      }
      const auto byte = static_cast<unsigned char>(bytes_[at_++]);
      cut = ((cut + (first ? 0 : 1)) << 7U) | (byte & 0x7FU);
      if ((byte & 0x80U) == 0) {
        break;
      }
    }
    const std::size_t end = bytes_.find('\0', at_);
    if (end == std::string_view::npos || cut > previous_path_.size()
        || previous_path_.size() - cut + end - at_ > max_path_bytes) {
      return false;
    }
    path = previous_path_.substr(0, previous_path_.size() - cut);
    path += bytes_.substr(at_, end - at_);
    at_ = end + 1;
    return true;
  }

  /// An extension whose name begins with a small letter changes what the entries mean.
  [[nodiscard]] Result<>
  read_extensions(ParsedIndex& index)
  {
    while (bytes_.size() - at_ >= 8) {
      const std::string_view name = bytes_.substr(at_, 4);
      const std::uint32_t size = number(at_ + 4);
      const bool is_known = name == "link" || name == "sdir";
      if ((name[0] < 'A' || name[0] > 'Z') && !is_known) {
        return fail(ErrorKind::environment, "{}: needs the extension '{}', which is not known here", name_,
                    printable(name));
      }
      at_ += 8;
      if (bytes_.size() - at_ < size) {
        return fail(ErrorKind::input, "{}: is corrupt: the extension '{}' is cut off", name_, printable(name));
      }
      if (name == "link") {
        TRY_ASSIGN(IndexLink link, parse_index_link(bytes_.substr(at_, size), id_size_, name_));
        if (!link.shared.is_zero()) {
          index.link = std::move(link);
        }
      }
      at_ += size;
    }
    return {};
  }

  std::string_view bytes_;
  std::uint8_t id_size_;
  std::string_view name_;
  std::uint32_t version_ = 0;
  std::size_t at_ = 0;
  std::string previous_path_;
  std::size_t path_bytes_ = 0;
};

struct IndexFile
{
  std::string bytes;
  ObjectId checksum;
};

/// Reads a file whose last bytes are a hash of all others, or zeros (`index.skipHash`).
Result<IndexFile>
read_checked(const std::filesystem::path& file, std::uint8_t id_size)
{
  auto bytes = read_file(file, max_index_bytes);
  if (!bytes) {
    return fail(ErrorKind::unavailable, "{}", bytes.error().message);
  }
  if (bytes->size() < header_bytes + id_size) {
    return fail(ErrorKind::input, "{}: is not an index", file.string());
  }
  const std::string_view body = std::string_view(*bytes).substr(0, bytes->size() - id_size);
  const auto* const end = reinterpret_cast<const std::uint8_t*>(body.data()) + body.size();
  IndexFile read{{}, ObjectId::from_raw(end, id_size)};
  if (!read.checksum.is_zero()) {
    const ObjectId actual = id_size == 32 ? ObjectId::from_raw(sha256(body).data(), id_size)
                                          : ObjectId::from_raw(sha1(body).data(), id_size);
    if (actual != read.checksum) {
      return fail(ErrorKind::input, "{}: is corrupt: its content does not fit its checksum", file.string());
    }
  }
  read.bytes = *std::move(bytes);
  return read;
}

}  // namespace

Result<ParsedIndex>
parse_index(std::string_view bytes, std::uint8_t id_size, std::string_view name)
{
  return IndexReader(bytes, id_size, name).read();
}

Result<std::vector<IndexEntry>>
load_index(const std::filesystem::path& file, const std::filesystem::path& git_directory, std::uint8_t id_size)
{
  std::error_code ignored;
  if (!std::filesystem::exists(std::filesystem::symlink_status(file, ignored))) {
    return std::vector<IndexEntry>();
  }
  TRY_ASSIGN(const IndexFile read, read_checked(file, id_size));
  TRY_ASSIGN(ParsedIndex own, parse_index(read.bytes, id_size, file.string()));
  if (!own.link) {
    return std::move(own.entries);
  }
  const std::filesystem::path shared_file = git_directory / ("sharedindex." + own.link->shared.hex());
  TRY_ASSIGN(const IndexFile shared_read, read_checked(shared_file, id_size));
  if (!shared_read.checksum.is_zero() && shared_read.checksum != own.link->shared) {
    return fail(ErrorKind::input, "{}: is corrupt: it is not what its name says", shared_file.string());
  }
  TRY_ASSIGN(ParsedIndex shared, parse_index(shared_read.bytes, id_size, shared_file.string()));
  if (shared.link) {
    return fail(ErrorKind::input, "{}: is corrupt: a shared index is split itself", shared_file.string());
  }
  return joined_index(std::move(own), std::move(shared.entries), file.string());
}

}  // namespace sluice::git
