// SPDX-License-Identifier: Apache-2.0
//
// An advisory in the OSV format (ossf.github.io/osv-schema, 1.7.5), as far as a verdict needs it.
#pragma once

#include "base/enum_names.hpp"
#include "data/data.hpp"
#include "finding/severity.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

/// What an event of a range says of the versions from it on.
enum class EventKind : std::uint8_t {
  introduced,     ///< affected; "0" is before every version
  fixed,          ///< not affected
  last_affected,  ///< not affected, from the next one on
  limit,          ///< not in the range at all; "*" is behind every version
  bound,          ///< not affected as far as is known, and nothing says that it was fixed
};

struct Event
{
  EventKind kind = EventKind::introduced;
  std::string version;
  bool operator==(const Event&) const = default;
};

struct Range
{
  std::vector<Event> events;
  bool operator==(const Range&) const = default;
};

/// How bad it is, by whatever the record has of it.
struct Rating
{
  std::vector<std::string> vectors;  ///< CVSS, "CVSS:3.1/AV:N/…", "AV:N/…" of version 2
  std::optional<Severity> severity;  ///< a word of the database, where it uses one
  bool operator==(const Rating&) const = default;
};

/// What the record says of one package.
struct Affected
{
  std::string ecosystem;              ///< with its suffix: "Debian:12"
  std::string name;                   ///< as the registry compares it
  std::vector<Range> ranges;          ///< of versions; those of commits are left out
  std::vector<std::string> versions;  ///< listed one by one
  Rating rating;                      ///< empty: the record's
  bool operator==(const Affected&) const = default;
};

struct Record
{
  std::string id;
  std::vector<std::string> aliases;
  std::vector<std::string> related;
  std::vector<std::string> upstream;  ///< what a distribution's record passes on, each a vulnerability of its own
  std::string summary;                ///< one line
  std::string published;              ///< RFC 3339; may be empty
  std::string modified;               ///< likewise
  std::string reference;              ///< an advisory's page; may be empty
  Rating rating;
  bool is_withdrawn = false;
  bool is_malware = false;
  std::vector<Affected> affected;
  bool operator==(const Record&) const = default;
};

/// The record of a document. Errors: it has no id, `affected` is no list, a range is none of the schema's.
[[nodiscard]] tl::expected<Record, Defect> read_record(const Value& document);

}  // namespace sluice::deps
