// SPDX-License-Identifier: Apache-2.0
#include "unit/git/objects/pack_forge.hpp"

#include "base/hash.hpp"
#include "base/path.hpp"

#include <algorithm>
#include <stdexcept>

namespace sluice::git::test {

namespace {

std::string
big_endian(std::uint64_t value, int bytes)
{
  std::string text;
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
    text += static_cast<char>((value >> static_cast<unsigned>(shift)) & 0xFFU);
  }
  return text;
}

std::uint32_t
adler32(std::string_view content)
{
  std::uint32_t a = 1;
  std::uint32_t b = 0;
  for (const char c : content) {
    a = (a + static_cast<unsigned char>(c)) % 65521;
    b = (b + a) % 65521;
  }
  return (b << 16U) | a;
}

std::string
entry_header(unsigned type, std::uint64_t size)
{
  std::string header;
  unsigned byte = (type << 4U) | static_cast<unsigned>(size & 15U);
  for (size >>= 4U; size != 0; size >>= 7U) {
    header += static_cast<char>(byte | 0x80U);
    byte = static_cast<unsigned>(size & 0x7FU);
  }
  return header + static_cast<char>(byte);
}

std::string
distance_bytes(std::uint64_t distance)
{
  std::string bytes(1, static_cast<char>(distance & 0x7FU));
  while ((distance >>= 7U) != 0) {
    --distance;
    bytes.insert(bytes.begin(), static_cast<char>(0x80U | (distance & 0x7FU)));
  }
  return bytes;
}

std::string
delta_size(std::uint64_t size)
{
  std::string bytes;
  for (; size >= 0x80; size >>= 7U) {
    bytes += static_cast<char>(0x80U | (size & 0x7FU));
  }
  return bytes + static_cast<char>(size);
}

std::string
raw(const ObjectId& id)
{
  return {reinterpret_cast<const char*>(id.bytes.data()), id.size};
}

void
must_write(const std::filesystem::path& path, std::string_view bytes)
{
  if (auto written = write_file(path, bytes); !written) {
    throw std::runtime_error(written.error().message);
  }
}

}  // namespace

std::string
zlib_stored(std::string_view content)
{
  std::string stream = "\x78\x01";
  const std::uint32_t check = adler32(content);
  do {
    const std::string_view block = content.substr(0, 65535);
    content.remove_prefix(block.size());
    const auto length = static_cast<std::uint16_t>(block.size());
    const auto inverse = static_cast<std::uint16_t>(~length);
    stream += static_cast<char>(content.empty() ? 1 : 0);
    for (const std::uint16_t value : {length, inverse}) {
      stream += static_cast<char>(value & 0xFFU);
      stream += static_cast<char>(value >> 8U);
    }
    stream += block;
  } while (!content.empty());
  return stream + big_endian(check, 4);
}

DeltaText::DeltaText(std::uint64_t base_size, std::uint64_t result_size)
    : bytes_(delta_size(base_size) + delta_size(result_size))
{}

DeltaText&
DeltaText::copy(std::uint32_t offset, std::uint32_t size)
{
  bytes_ += '\xFF';
  for (unsigned shift = 0; shift < 32; shift += 8) {
    bytes_ += static_cast<char>((offset >> shift) & 0xFFU);
  }
  for (unsigned shift = 0; shift < 24; shift += 8) {
    bytes_ += static_cast<char>((size >> shift) & 0xFFU);
  }
  return *this;
}

DeltaText&
DeltaText::insert(std::string_view bytes)
{
  bytes_ += static_cast<char>(bytes.size());
  bytes_ += bytes;
  return *this;
}

ObjectId
numbered_id(std::uint32_t number, std::uint8_t first_byte)
{
  ObjectId id;
  id.bytes[0] = first_byte;
  for (std::size_t i = 0; i < 4; ++i) {
    id.bytes.at(16 + i) = static_cast<std::uint8_t>(number >> (24 - i * 8));
  }
  return id;
}

PackForge::PackForge()
    : pack_("PACK" + big_endian(2, 4) + big_endian(0, 4))
{}

std::uint64_t
PackForge::add(const ObjectId& id, unsigned type, std::uint64_t size, std::string_view stream)
{
  const std::uint64_t offset = pack_.size();
  pack_ += entry_header(type, size);
  pack_ += stream;
  entries_.emplace_back(id, offset);
  return offset;
}

std::uint64_t
PackForge::add_blob(const ObjectId& id, std::string_view content)
{
  return add(id, 3, content.size(), zlib_stored(content));
}

std::uint64_t
PackForge::add_delta(const ObjectId& id, std::uint64_t base_offset, std::string_view delta)
{
  return add(id, 6, delta.size(), distance_bytes(pack_.size() - base_offset) + zlib_stored(delta));
}

std::uint64_t
PackForge::add_delta(const ObjectId& id, const ObjectId& base, std::string_view delta)
{
  return add(id, 7, delta.size(), raw(base) + zlib_stored(delta));
}

void
PackForge::list(const ObjectId& id, std::uint64_t offset)
{
  entries_.emplace_back(id, offset);
}

void
PackForge::write(const std::filesystem::path& directory, std::string_view name, int version, bool large)
{
  std::sort(entries_.begin(), entries_.end());
  pack_.replace(8, 4, big_endian(entries_.size(), 4));
  std::filesystem::create_directories(directory);
  must_write(directory / fmt::format("pack-{}.pack", name), pack_ + checksum());
  must_write(directory / fmt::format("pack-{}.idx", name), index(version, large));
}

std::string
PackForge::checksum() const
{
  const auto digest = sha1(pack_);
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string
PackForge::index(int version, bool large) const
{
  std::string bytes = version == 1 ? "" : "\377tOc" + big_endian(2, 4);
  std::size_t entry = 0;
  for (unsigned byte = 0; byte < 256; ++byte) {
    while (entry < entries_.size() && entries_[entry].first.bytes[0] <= byte) {
      ++entry;
    }
    bytes += big_endian(entry, 4);
  }
  std::string ids;
  std::string offsets;
  std::string large_offsets;
  for (const auto& [id, offset] : entries_) {
    ids += version == 1 ? big_endian(offset, 4) + raw(id) : raw(id);
    offsets += big_endian(large ? 0x80000000U | (large_offsets.size() / 8) : offset, 4);
    large_offsets += large ? big_endian(offset, 8) : "";
  }
  bytes += ids;
  if (version != 1) {
    bytes += std::string(entries_.size() * 4, '\0') + offsets + large_offsets;
  }
  return bytes + checksum() + std::string(20, '\0');
}

}  // namespace sluice::git::test
