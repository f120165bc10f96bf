// SPDX-License-Identifier: Apache-2.0
#include "git/objects/pack_file.hpp"

#include "git/objects/big_endian.hpp"

namespace sluice::git {

namespace {

constexpr std::size_t header_bytes = 12;

Failure
corrupt(const std::filesystem::path& path, std::string_view why)
{
  return fail(ErrorKind::input, "{}: is no pack that can be read: {}", path.string(), why);
}

/// Type and size: three and four bits, then seven at a time, least significant first.
bool
take_type_and_size(std::string_view& bytes, PackEntry& entry)
{
  auto byte = static_cast<unsigned char>(bytes.front());
  bytes.remove_prefix(1);
  const unsigned type = (byte >> 4U) & 7U;
  if (type == 0 || type == 5) {
    return false;
  }
  entry.type = static_cast<EntryType>(type);
  entry.size = byte & 15U;
  for (unsigned shift = 4; (byte & 0x80U) != 0; shift += 7) {
    if (bytes.empty() || shift > 56) {
      return false;
    }
    byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    entry.size |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
  }
  return true;
}

/// How far before the delta its base starts: seven bits at a time, most significant first, each continuation adds one
/// so that no distance has two spellings.
std::optional<std::uint64_t>
take_distance(std::string_view& bytes)
{
  std::uint64_t distance = 0;
  for (int i = 0; i < 8 && !bytes.empty(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    distance = (distance << 7U) | (byte & 0x7FU);
    if ((byte & 0x80U) == 0) {
      return distance;
    }
    ++distance;
  }
  return std::nullopt;
}

}  // namespace

Result<Pack>
Pack::open(const std::filesystem::path& pack_path, std::uint8_t id_size)
{
  std::filesystem::path index_path = pack_path;
  index_path.replace_extension(".idx");
  TRY_ASSIGN(auto index, PackIndex::open(index_path, id_size));
  TRY_ASSIGN(auto file, MappedFile::open(pack_path));
  Pack pack(pack_path, std::move(file), std::move(index), id_size);
  TRY(pack.check(pack_path));
  return pack;
}

Result<>
Pack::check(const std::filesystem::path& path) const
{
  const std::string_view bytes = file_.bytes();
  if (bytes.size() < header_bytes + id_size_ || !bytes.starts_with("PACK")) {
    return corrupt(path, "it has no header");
  }
  const std::uint32_t version = read_u32(bytes.data() + 4);
  if (version != 2 && version != 3) {
    return corrupt(path, fmt::format("its version is {}", version));
  }
  if (read_u32(bytes.data() + 8) != index_.count()) {
    return corrupt(path,
                   fmt::format("it holds {} objects and its index {}", read_u32(bytes.data() + 8), index_.count()));
  }
  if (bytes.substr(bytes.size() - id_size_) != index_.pack_checksum()) {
    return corrupt(path, "its checksum is not the one that its index names");
  }
  return {};
}

bool
Pack::is_intact() const
{
  const std::string_view bytes = file_.bytes();
  const std::string_view entries = bytes.substr(0, bytes.size() - id_size_);
  return ObjectId::hash(entries, {}, id_size_)
         == ObjectId::from_raw(reinterpret_cast<const std::uint8_t*>(bytes.data()) + entries.size(), id_size_);
}

std::optional<PackEntry>
Pack::entry(std::uint64_t offset) const
{
  const std::string_view entries = file_.bytes().substr(0, file_.bytes().size() - id_size_);
  if (offset < header_bytes || offset >= entries.size()) {
    return std::nullopt;
  }
  std::string_view rest = entries.substr(offset);
  PackEntry entry;
  if (!take_type_and_size(rest, entry)) {
    return std::nullopt;
  }
  if (entry.type == EntryType::offset_delta) {
    const auto distance = take_distance(rest);
    if (!distance || *distance == 0 || *distance > offset) {
      return std::nullopt;
    }
    entry.base_offset = offset - *distance;
  } else if (entry.type == EntryType::id_delta) {
    if (rest.size() < id_size_) {
      return std::nullopt;
    }
    entry.base = reinterpret_cast<const std::uint8_t*>(rest.data());
    rest.remove_prefix(id_size_);
  }
  entry.compressed = rest;
  return entry;
}

}  // namespace sluice::git
