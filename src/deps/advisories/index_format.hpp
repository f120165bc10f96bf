// SPDX-License-Identifier: Apache-2.0
//
// The advisories of one ecosystem as one file that is mapped and never read: 200,000 records of npm are a hundred
// megabytes of JSON, and a lockfile touches fifty of them.
//
//   header | sections | checks
//
// Every section is an array of one of the structs below, little-endian, at a multiple of eight bytes. Texts lie in one
// section, each a place and a length. Packages are found by a hash of ecosystem and name: they are sorted by it, and a
// directory tells where each prefix of the hash begins. Nearly all packages of a lockfile have no advisory, which tags
// of two bytes tell without the rows, in a tenth of their blocks.
//
// The file is data from elsewhere: every place in it is compared with what it points into before it is used, and each
// block of 4 KiB with its checksum when it is touched first. Checking all of it on each start would take longer than
// all the rest; blocks of 64 KiB made a lockfile of 3,000 packages check a quarter of 70 MB.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace sluice::deps::index {

inline constexpr std::array<char, 8> magic{'S', 'L', 'U', 'I', 'C', 'E', 'D', 'B'};
inline constexpr std::uint32_t format_version = 4;
inline constexpr std::size_t block_bytes = std::size_t{4} << 10U;
inline constexpr std::string_view file_suffix = ".advisories";

struct Text
{
  std::uint32_t offset = 0, length = 0;
};

/// A run of rows of another section.
struct Span
{
  std::uint32_t first = 0, count = 0;
};

enum class SectionId : std::uint32_t {
  texts,       ///< bytes
  directory,   ///< uint32: the first package whose hash begins with this prefix, and one more for the end
  packages,    ///< Package, by hash
  tags,        ///< uint16: the lowest bits of the hash of each package
  affected,    ///< Affected, those of a package together
  ranges,      ///< Range
  events,      ///< Event
  versions,    ///< Text: those that are in line (scheme.hpp) in their order, then the others by their bytes
  advisories,  ///< Advisory, by id
  names,       ///< Text: ids of aliases and the like, CVSS vectors
};
inline constexpr std::size_t section_count = 10;

struct Section
{
  std::uint64_t offset = 0;  ///< from the beginning of the file
  std::uint64_t count = 0;   ///< rows
};

struct Package
{
  std::uint64_t hash = 0;
  Text key;  ///< ecosystem, NUL, name
  Span affected;
};

struct Affected
{
  std::uint32_t advisory = 0;
  Span ranges;
  Span versions;
  std::uint32_t ordered_versions = 0;  ///< how many of `versions`, from the first, are in the scheme's order
  Span vectors;                        ///< of `names`: CVSS of this package alone
  std::int16_t score = -1;             ///< CVSS times ten; -1: none
  std::int8_t severity = -1;           ///< sluice::Severity; -1: unscored
  std::uint8_t reserved = 0;
};

struct Range
{
  Span events;                     ///< in their order
  std::uint32_t is_judgeable = 1;  ///< 0: an event is no version of the scheme
};

struct Event
{
  std::uint32_t kind = 0;  ///< EventKind
  Text version;
};

struct Advisory
{
  Text id, summary, published, modified, reference;
  Span aliases;   ///< of `names`
  Span related;   ///< of `names`
  Span upstream;  ///< of `names`
  std::uint32_t is_malware = 0;
};

struct Header
{
  std::array<char, 8> magic{};
  std::uint32_t version = 0;
  std::uint32_t directory_bits = 0;
  std::uint64_t file_bytes = 0;
  std::int64_t built = 0;              ///< seconds since 1970
  std::uint64_t records = 0;           ///< that were read, withdrawn ones included
  std::uint64_t previous_records = 0;  ///< of the file that this one replaced
  Text ecosystem;                      ///< without suffix
  Text source;                         ///< where the records came from
  std::array<Section, section_count> sections{};
  std::uint64_t checks_offset = 0;        ///< of the checksums of the blocks between the header and here
  std::array<std::uint8_t, 32> digest{};  ///< SHA-256 of everything behind the header
  std::uint64_t checksum = 0;             ///< of the header up to here, and of the checks
};

static_assert(std::is_trivially_copyable_v<Header> && sizeof(Header) % 8 == 0);

}  // namespace sluice::deps::index
