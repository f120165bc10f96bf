// SPDX-License-Identifier: Apache-2.0
#include "deps/advisories/index.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"

#include <fmt/format.h>
#define XXH_INLINE_ALL
#include <algorithm>
#include <cstring>
#include <xxhash.h>

namespace sluice::deps {

using index::Header;
using index::SectionId;

namespace {

constexpr std::array<std::size_t, index::section_count> row_sizes{
    1,
    sizeof(std::uint32_t),
    sizeof(index::Package),
    sizeof(std::uint16_t),
    sizeof(index::Affected),
    sizeof(index::Range),
    sizeof(index::Event),
    sizeof(index::Text),
    sizeof(index::Advisory),
    sizeof(index::Text),
};

/// The header up to its own checksum.
std::string_view
checked_part(const Header& header)
{
  return {reinterpret_cast<const char*>(&header), offsetof(Header, checksum)};
}

}  // namespace

struct Index::State
{
  std::string name;  ///< for messages
  std::optional<MappedFile> file;
  std::string_view bytes;
  Header header;
  std::span<const std::uint64_t> checks;
  std::vector<bool> checked;  ///< blocks
  std::string damage;
  std::string key;  ///< of the package that is looked up, kept for its room

  void
  damaged(std::string_view what)
  {
    if (damage.empty()) {
      damage = fmt::format("{}: {}", name, what);
    }
  }
};

std::uint64_t
checksum_of(std::string_view bytes)
{
  return XXH3_64bits(bytes.data(), bytes.size());
}

std::uint64_t
checksum_of(std::string_view first, std::string_view second)
{
  return XXH3_64bits_withSeed(second.data(), second.size(), checksum_of(first));
}

std::uint64_t
hash_of_key(std::string_view key)
{
  return checksum_of(key);
}

std::string
package_key(std::string_view ecosystem, std::string_view name)
{
  std::string key(ecosystem);
  key += '\0';
  key += name;
  return key;
}

Result<Index>
Index::open(const std::filesystem::path& path)
{
  auto state = std::make_shared<State>();
  state->name = path.filename().string();
  auto file = MappedFile::open(path);
  if (!file) {
    return fail(ErrorKind::unavailable, "{}", file.error().message);
  }
  state->file = *std::move(file);
  state->file->read_sparsely();
  state->bytes = state->file->bytes();
  return checked(std::move(state));
}

Result<Index>
Index::of_bytes(std::string_view bytes, std::string name)
{
  auto state = std::make_shared<State>();
  state->name = std::move(name);
  state->bytes = bytes;
  return checked(std::move(state));
}

std::optional<std::uint64_t>
Index::claimed_records(std::string_view bytes)
{
  Header header;
  if (bytes.size() < sizeof(Header) || std::memcmp(bytes.data(), index::magic.data(), index::magic.size()) != 0) {
    return std::nullopt;
  }
  std::memcpy(&header, bytes.data(), sizeof(Header));
  return header.records;
}

Result<Index>
Index::checked(std::shared_ptr<State> state)
{
  const auto refuse = [&state](std::string_view what) {
    return fail(ErrorKind::unavailable, "{}: {}; make it anew with `sluice deps db update` or `db import`",
                printable(state->name), what);
  };
  const std::string_view bytes = state->bytes;
  Header& header = state->header;
  if (bytes.size() < sizeof(Header) || std::memcmp(bytes.data(), index::magic.data(), index::magic.size()) != 0) {
    return refuse("not an advisory database");
  }
  std::memcpy(&header, bytes.data(), sizeof(Header));
  if (header.version != index::format_version) {
    return refuse(fmt::format("it is of format {}, and this version reads {}", header.version, index::format_version));
  }
  if (header.file_bytes != bytes.size()) {
    return refuse(fmt::format("it has {} bytes and should have {}", bytes.size(), header.file_bytes));
  }
  // Everything below is bounded by what the header says, so its own checksum comes first.
  if (header.checks_offset < sizeof(Header) || header.checks_offset > bytes.size() || header.checks_offset % 8 != 0) {
    return refuse("it is damaged");
  }
  const std::uint64_t body = header.checks_offset - sizeof(Header);
  const std::uint64_t blocks = (body + index::block_bytes - 1) / index::block_bytes;
  const std::string_view checks = bytes.substr(header.checks_offset);
  if (checks.size() != blocks * sizeof(std::uint64_t) || checksum_of(checked_part(header), checks) != header.checksum) {
    return refuse("it is damaged");
  }
  for (std::size_t i = 0; i < index::section_count; ++i) {
    const index::Section& section = header.sections[i];
    const bool fits = section.offset >= sizeof(Header) && section.offset <= header.checks_offset
                      && section.offset % 8 == 0
                      && section.count <= (header.checks_offset - section.offset) / row_sizes[i];
    if (!fits) {
      return refuse("it is damaged");
    }
  }
  const std::uint64_t prefixes = header.directory_bits < 32 ? std::uint64_t{1} << header.directory_bits : 0;
  const auto count_of = [&header](SectionId id) { return header.sections[static_cast<std::size_t>(id)].count; };
  if (prefixes == 0 || count_of(SectionId::directory) != prefixes + 1
      || count_of(SectionId::tags) != count_of(SectionId::packages)) {
    return refuse("it is damaged");
  }
  state->checks = {reinterpret_cast<const std::uint64_t*>(checks.data()), blocks};
  state->checked.resize(blocks);
  return Index(std::move(state));
}

std::string_view
Index::bytes(std::uint64_t offset, std::uint64_t length) const
{
  State& state = *state_;
  if (length == 0 || offset < sizeof(Header) || offset > state.header.checks_offset
      || length > state.header.checks_offset - offset) {
    return {};
  }
  const std::uint64_t first = (offset - sizeof(Header)) / index::block_bytes;
  const std::uint64_t last = (offset + length - 1 - sizeof(Header)) / index::block_bytes;
  for (std::uint64_t block = first; block <= last; ++block) {
    if (!state.checked[block]) {
      const std::uint64_t begin = sizeof(Header) + block * index::block_bytes;
      const std::uint64_t end = std::min(begin + index::block_bytes, state.header.checks_offset);
      if (checksum_of(state.bytes.substr(begin, end - begin)) != state.checks[block]) {
        state.damaged("it is damaged; make it anew with `sluice deps db update` or `db import`");
        return {};
      }
      state.checked[block] = true;
    }
  }
  return state.bytes.substr(offset, length);
}

std::string_view
Index::row_bytes(SectionId section, index::Span span, std::size_t row_bytes) const
{
  const index::Section& place = state_->header.sections[static_cast<std::size_t>(section)];
  if (span.first > place.count || span.count > place.count - span.first) {
    state_->damaged("a place in it leads out of it");
    return {};
  }
  return bytes(place.offset + std::uint64_t{span.first} * row_bytes, std::uint64_t{span.count} * row_bytes);
}

std::string_view
Index::text(index::Text text) const
{
  return row_bytes(SectionId::texts, {text.offset, text.length}, 1);
}

index::Advisory
Index::advisory(std::uint32_t number) const
{
  const auto found = rows<index::Advisory>(SectionId::advisories, {number, 1});
  return found.empty() ? index::Advisory() : found.front();
}

std::vector<index::Affected>
Index::find(std::string_view ecosystem, std::string_view name) const
{
  std::string& key = state_->key;
  key.assign(ecosystem).append(1, '\0').append(name);
  const std::uint64_t hash = hash_of_key(key);
  const std::uint32_t bits = state_->header.directory_bits;
  const auto prefix = bits == 0 ? 0U : static_cast<std::uint32_t>(hash >> (64U - bits));
  const auto bounds = rows<std::uint32_t>(SectionId::directory, {prefix, 2});
  if (bounds.size() != 2 || bounds[0] > bounds[1]) {
    return {};
  }
  std::uint32_t number = bounds[0];
  for (const std::uint16_t tag : rows<std::uint16_t>(SectionId::tags, {bounds[0], bounds[1] - bounds[0]})) {
    const auto package = tag == tag_of(hash) ? rows<index::Package>(SectionId::packages, {number, 1})
                                             : std::span<const index::Package>();
    if (!package.empty() && package.front().hash == hash && text(package.front().key) == key) {
      const auto found = rows<index::Affected>(SectionId::affected, package.front().affected);
      return {found.begin(), found.end()};
    }
    ++number;
  }
  return {};
}

std::string_view
Index::ecosystem() const
{
  return text(state_->header.ecosystem);
}

std::string_view
Index::source() const
{
  return text(state_->header.source);
}

std::chrono::sys_seconds
Index::built() const
{
  return std::chrono::sys_seconds(std::chrono::seconds(state_->header.built));
}

std::uint64_t
Index::records() const
{
  return state_->header.records;
}

std::uint64_t
Index::previous_records() const
{
  return state_->header.previous_records;
}

std::uint64_t
Index::packages() const
{
  return count(SectionId::packages);
}

std::uint64_t
Index::count(SectionId section) const
{
  return state_->header.sections[static_cast<std::size_t>(section)].count;
}

std::string
Index::digest() const
{
  return to_hex(state_->header.digest);
}

const std::string&
Index::damage() const
{
  return state_->damage;
}

Result<>
Index::verify() const
{
  if (sha256(state_->bytes.substr(sizeof(Header))) != state_->header.digest) {
    return fail(ErrorKind::unavailable, "{}: it is damaged; make it anew with `sluice deps db update` or `db import`",
                printable(state_->name));
  }
  return {};
}

}  // namespace sluice::deps
