// SPDX-License-Identifier: Apache-2.0
#include "git/objects/pack_index.hpp"

#include "git/objects/big_endian.hpp"

#include <limits>

namespace sluice::git {

namespace {

constexpr std::size_t fanout_bytes = std::size_t{256} * 4;
constexpr std::uint32_t version_2_magic = 0xFF744F63;  // "\377tOc"
constexpr std::uint32_t large_offset_mark = 0x80000000;

Failure
corrupt(const std::filesystem::path& path, std::string_view why)
{
  return fail(ErrorKind::input, "{}: is no pack index that can be read: {}", path.string(), why);
}

}  // namespace

Result<PackIndex>
PackIndex::open(const std::filesystem::path& path, std::uint8_t id_size)
{
  TRY_ASSIGN(auto file, MappedFile::open(path));
  PackIndex index(std::move(file), id_size);
  TRY(index.read_layout(path));
  TRY(index.read_fanout(path));
  return index;
}

Result<>
PackIndex::read_layout(const std::filesystem::path& path)
{
  const std::string_view bytes = file_.bytes();
  const std::size_t trailer = std::size_t{id_size_} * 2;
  if (bytes.size() < 8 + fanout_bytes + trailer) {
    return corrupt(path, "it is too short");
  }
  version_ = read_u32(bytes.data()) == version_2_magic ? read_u32(bytes.data() + 4) : 1;
  if (version_ != 1 && version_ != 2) {
    return corrupt(path, fmt::format("its version is {}", version_));
  }
  const std::size_t header = version_ == 1 ? 0 : 8;
  fanout_ = bytes.data() + header;
  count_ = read_u32(fanout_ + std::size_t{255} * 4);
  const std::size_t entry = id_size_ + std::size_t{version_ == 1 ? 4U : 8U};
  const std::size_t tables = header + fanout_bytes + std::size_t{count_} * entry;
  if (bytes.size() < tables + trailer) {
    return corrupt(path, "it is shorter than its objects need");
  }
  if (version_ == 1) {
    offsets_ = fanout_ + fanout_bytes;
    ids_ = offsets_ + 4;
    id_stride_ = entry;
    return {};
  }
  ids_ = fanout_ + fanout_bytes;
  id_stride_ = id_size_;
  offsets_ = ids_ + std::size_t{count_} * (id_size_ + std::size_t{4});  // checksums of the entries lie between
  large_offsets_ = offsets_ + std::size_t{count_} * 4;
  large_offset_count_ =
      static_cast<std::uint32_t>(std::min<std::size_t>((bytes.size() - tables - trailer) / 8, count_));
  return {};
}

Result<>
PackIndex::read_fanout(const std::filesystem::path& path)
{
  std::uint32_t before = 0;
  for (std::size_t i = 0; i < 256; ++i) {
    const std::uint32_t here = read_u32(fanout_ + i * 4);
    if (here < before) {
      return corrupt(path, "its fan-out table is not in order");
    }
    before = here;
  }
  return {};
}

std::uint64_t
PackIndex::offset(std::uint32_t ordinal) const
{
  if (version_ == 1) {
    return read_u32(offsets_ + std::size_t{ordinal} * id_stride_);
  }
  const std::uint32_t value = read_u32(offsets_ + std::size_t{ordinal} * 4);
  if ((value & large_offset_mark) == 0) {
    return value;
  }
  const std::uint32_t row = value & ~large_offset_mark;
  return row < large_offset_count_ ? read_u64(large_offsets_ + std::size_t{row} * 8)
                                   : std::numeric_limits<std::uint64_t>::max();
}

OrdinalRange
PackIndex::with_first_byte(std::uint8_t first_byte) const
{
  const std::uint32_t begin = first_byte == 0 ? 0 : read_u32(fanout_ + (std::size_t{first_byte} - 1) * 4);
  return {begin, read_u32(fanout_ + std::size_t{first_byte} * 4)};
}

std::uint32_t
PackIndex::lower_bound(const ObjectId& id) const
{
  OrdinalRange range = with_first_byte(id.bytes[0]);
  while (range.begin < range.end) {
    const std::uint32_t middle = range.begin + (range.end - range.begin) / 2;
    if (std::memcmp(raw_id(middle), id.bytes.data(), id_size_) < 0) {
      range.begin = middle + 1;
    } else {
      range.end = middle;
    }
  }
  return range.begin;
}

std::optional<std::uint32_t>
PackIndex::find(const ObjectId& id) const
{
  const std::uint32_t ordinal = lower_bound(id);
  if (ordinal < count_ && id.size == id_size_ && std::memcmp(raw_id(ordinal), id.bytes.data(), id_size_) == 0) {
    return ordinal;
  }
  return std::nullopt;
}

std::string_view
PackIndex::pack_checksum() const
{
  const std::string_view bytes = file_.bytes();
  return bytes.substr(bytes.size() - std::size_t{id_size_} * 2, id_size_);
}

}  // namespace sluice::git
