// SPDX-License-Identifier: Apache-2.0
#include "deps/advisories/index_writer.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "deps/advisories/rating.hpp"
#include "deps/advisories/version_sort.hpp"
#include "deps/ecosystem.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <unordered_map>

namespace sluice::deps {

using index::SectionId;

namespace {

/// More events than a record of any database has; beyond them a range is not judged rather than sorted for minutes.
constexpr std::size_t max_events = 2'000;

/// At most on average. Their tags are compared together, and a directory of few prefixes has few blocks.
constexpr std::size_t packages_in_prefix = 16;

/// Texts of the index, each once.
class TextPool
{
public:
  index::Text
  add(std::string_view text)
  {
    const auto [at, is_new] = known_.try_emplace(std::string(text), index::Text{});
    if (is_new) {
      at->second = {static_cast<std::uint32_t>(bytes_.size()), static_cast<std::uint32_t>(text.size())};
      bytes_ += text;
    }
    return at->second;
  }
  [[nodiscard]] const std::string&
  bytes() const
  {
    return bytes_;
  }

private:
  std::unordered_map<std::string, index::Text> known_;
  std::string bytes_;
};

bool
is_beginning(const Event& event)
{
  return event.kind == EventKind::introduced && event.version == "0";
}

bool
is_endless(const Event& event)
{
  return event.kind == EventKind::limit && event.version == "*";
}

bool
can_be_judged(const Range& range, const Scheme* scheme)
{
  return scheme != nullptr && range.events.size() <= max_events
         && std::all_of(range.events.begin(), range.events.end(), [scheme](const Event& event) {
              return is_beginning(event) || is_endless(event) || is_version(*scheme, event.version);
            });
}

/// In the order of their versions; events at one version in the order of EventKind.
std::vector<Event>
sorted_events(const Range& range, const Scheme& scheme)
{
  std::vector<Event> events = range.events;
  const auto rank = [](const Event& event) { return is_beginning(event) ? 0 : is_endless(event) ? 2 : 1; };
  sort_stepwise(events, [&](const Event& a, const Event& b) {
    if (rank(a) != rank(b) || rank(a) != 1) {
      return rank(a) < rank(b);
    }
    const auto order = scheme.compare(a.version, b.version);
    return order && *order != 0 ? *order < 0 : a.kind < b.kind;
  });
  return events;
}

class Writer
{
public:
  explicit Writer(const IndexOrigin& origin)
      : origin_(origin)
  {
    header_.magic = index::magic;
    header_.version = index::format_version;
    header_.built = origin.built.time_since_epoch().count();
    header_.previous_records = origin.previous_records;
    header_.ecosystem = texts_.add(origin.ecosystem);
    header_.source = texts_.add(origin.source);
  }

  Result<WrittenIndex>
  run(std::span<const Record> records, std::uint64_t most)
  {
    std::map<std::string_view, const Record*> by_id;
    for (const Record& record : records) {
      by_id[record.id] = &record;
    }
    header_.records = by_id.size();
    for (const auto& [id, record] : by_id) {
      if (!record->is_withdrawn) {
        add(*record);
      }
    }
    add_packages();
    if (most_places() > most) {
      return fail(ErrorKind::input, "{}: the records hold more than an index has places for ({})",
                  printable(origin_.ecosystem), with_thousands(most));
    }
    return WrittenIndex{finished(), unjudgeable_};
  }

private:
  void
  add(const Record& record)
  {
    bool speaks = false;
    bool is_judgeable = true;
    const auto number = static_cast<std::uint32_t>(advisories_.size());
    for (const Affected& affected : record.affected) {
      if (affected.ecosystem.substr(0, affected.ecosystem.find(':')) == origin_.ecosystem) {
        by_package_[package_key(affected.ecosystem, affected.name)].push_back(
            row_of(affected, record, number, is_judgeable));
        speaks = true;
      }
    }
    if (speaks) {
      advisories_.push_back({texts_.add(record.id), texts_.add(record.summary), texts_.add(record.published),
                             texts_.add(record.modified), texts_.add(record.reference), names_of(record.aliases),
                             names_of(record.related), names_of(record.upstream), record.is_malware ? 1U : 0U});
      unjudgeable_ += is_judgeable ? 0 : 1;
    }
  }

  index::Affected
  row_of(const Affected& affected, const Record& record, std::uint32_t number, bool& is_judgeable)
  {
    const Scheme* scheme = scheme_of(affected.ecosystem);
    index::Affected row;
    row.advisory = number;
    row.ranges.first = static_cast<std::uint32_t>(ranges_.size());
    for (const Range& range : affected.ranges) {
      add_range(range, scheme);
      is_judgeable = is_judgeable && ranges_.back().is_judgeable != 0;
    }
    row.ranges.count = static_cast<std::uint32_t>(ranges_.size()) - row.ranges.first;
    add_versions(affected, scheme, row);
    const bool has_own = affected.rating != Rating{};
    const Rating& rating = has_own ? affected.rating : record.rating;
    row.vectors = names_of(rating.vectors);
    const Rated rated = rate(rating);
    row.score = rated.score ? static_cast<std::int16_t>(std::lround(*rated.score * 10)) : std::int16_t{-1};
    row.severity = rated.severity ? static_cast<std::int8_t>(*rated.severity) : std::int8_t{-1};
    return row;
  }

  void
  add_range(const Range& range, const Scheme* scheme)
  {
    const bool is_judgeable = can_be_judged(range, scheme);
    const std::vector<Event> events = is_judgeable ? sorted_events(range, *scheme) : range.events;
    ranges_.push_back({{static_cast<std::uint32_t>(events_.size()), static_cast<std::uint32_t>(events.size())},
                       is_judgeable ? 1U : 0U});
    for (const Event& event : events) {
      events_.push_back({static_cast<std::uint32_t>(event.kind), texts_.add(event.version)});
    }
  }

  void
  add_versions(const Affected& affected, const Scheme* scheme, index::Affected& row)
  {
    std::vector<std::string> versions = affected.versions;
    const auto ordered = std::partition(versions.begin(), versions.end(), [scheme](const std::string& version) {
      // What has no place in a line cannot be searched by halves: it is looked through.
      return scheme != nullptr && is_in_line(*scheme, version);
    });
    std::sort(versions.begin(), ordered, [scheme](const std::string& a, const std::string& b) {
      const auto order = scheme->compare(a, b);
      return order && *order != 0 ? *order < 0 : a < b;
    });
    std::sort(ordered, versions.end());
    row.versions = {static_cast<std::uint32_t>(versions_.size()), static_cast<std::uint32_t>(versions.size())};
    row.ordered_versions = static_cast<std::uint32_t>(ordered - versions.begin());
    for (const std::string& version : versions) {
      versions_.push_back(texts_.add(version));
    }
  }

  index::Span
  names_of(const std::vector<std::string>& names)
  {
    const index::Span span{static_cast<std::uint32_t>(names_.size()), static_cast<std::uint32_t>(names.size())};
    for (const std::string& name : names) {
      names_.push_back(texts_.add(name));
    }
    return span;
  }

  void
  add_packages()
  {
    for (const auto& [key, rows] : by_package_) {
      packages_.push_back({hash_of_key(key),
                           texts_.add(key),
                           {static_cast<std::uint32_t>(affected_.size()), static_cast<std::uint32_t>(rows.size())}});
      affected_.insert(affected_.end(), rows.begin(), rows.end());
    }
    std::sort(packages_.begin(), packages_.end(),
              [](const index::Package& a, const index::Package& b) { return a.hash < b.hash; });
    while ((packages_in_prefix << header_.directory_bits) < packages_.size()) {
      ++header_.directory_bits;
    }
    const std::size_t prefixes = std::size_t{1} << header_.directory_bits;
    directory_.assign(prefixes + 1, 0);
    for (const index::Package& package : packages_) {
      const std::uint32_t bits = header_.directory_bits;
      ++directory_[(bits == 0 ? 0 : package.hash >> (64U - bits)) + 1];
    }
    for (std::size_t i = 1; i < directory_.size(); ++i) {
      directory_[i] += directory_[i - 1];
    }
  }

  [[nodiscard]] std::vector<std::uint16_t>
  tags() const
  {
    std::vector<std::uint16_t> tags;
    tags.reserve(packages_.size());
    for (const index::Package& package : packages_) {
      tags.push_back(tag_of(package.hash));
    }
    return tags;
  }

  /// Of the section that has the most: a place is a number of 32 bits, and one that was cut is never written.
  [[nodiscard]] std::uint64_t
  most_places() const
  {
    return std::max({texts_.bytes().size(), packages_.size(), affected_.size(), ranges_.size(), events_.size(),
                     versions_.size(), advisories_.size(), names_.size()});
  }

  template<typename Rows>
  void
  append(SectionId id, const Rows& rows)
  {
    body_.resize((body_.size() + 7) / 8 * 8);
    header_.sections[static_cast<std::size_t>(id)] = {sizeof(index::Header) + body_.size(), rows.size()};
    body_.append(reinterpret_cast<const char*>(rows.data()), rows.size() * sizeof(rows[0]));
  }

  std::string
  finished()
  {
    append(SectionId::directory, directory_);
    append(SectionId::packages, packages_);
    append(SectionId::tags, tags());
    append(SectionId::affected, affected_);
    append(SectionId::ranges, ranges_);
    append(SectionId::events, events_);
    append(SectionId::versions, versions_);
    append(SectionId::advisories, advisories_);
    append(SectionId::names, names_);
    append(SectionId::texts, texts_.bytes());
    body_.resize((body_.size() + 7) / 8 * 8);
    header_.checks_offset = sizeof(index::Header) + body_.size();
    std::vector<std::uint64_t> checks;
    for (std::size_t at = 0; at < body_.size(); at += index::block_bytes) {
      checks.push_back(checksum_of(std::string_view(body_).substr(at, index::block_bytes)));
    }
    const std::string_view check_bytes(reinterpret_cast<const char*>(checks.data()),
                                       checks.size() * sizeof(std::uint64_t));
    body_ += check_bytes;
    header_.file_bytes = sizeof(index::Header) + body_.size();
    header_.digest = sha256(body_);
    header_.checksum = checksum_of({reinterpret_cast<const char*>(&header_), offsetof(index::Header, checksum)},
                                   std::string_view(body_).substr(body_.size() - check_bytes.size()));
    std::string file(reinterpret_cast<const char*>(&header_), sizeof header_);
    return file += body_;
  }

  const IndexOrigin& origin_;
  index::Header header_;
  TextPool texts_;
  std::map<std::string, std::vector<index::Affected>> by_package_;
  std::vector<std::uint32_t> directory_;
  std::vector<index::Package> packages_;
  std::vector<index::Affected> affected_;
  std::vector<index::Range> ranges_;
  std::vector<index::Event> events_;
  std::vector<index::Text> versions_;
  std::vector<index::Advisory> advisories_;
  std::vector<index::Text> names_;
  std::string body_;
  std::uint64_t unjudgeable_ = 0;
};

std::vector<std::string>
texts_of(const Index& index, SectionId section, index::Span span)
{
  std::vector<std::string> texts;
  for (const index::Text each : index.rows<index::Text>(section, span)) {
    texts.emplace_back(index.text(each));
  }
  return texts;
}

Affected
affected_of(const Index& index, std::string_view key, const index::Affected& row)
{
  Affected affected;
  const std::size_t end = std::min(key.find('\0'), key.size());
  affected.ecosystem = key.substr(0, end);
  affected.name = key.substr(std::min(end + 1, key.size()));
  for (const index::Range& range : index.rows<index::Range>(SectionId::ranges, row.ranges)) {
    Range& copy = affected.ranges.emplace_back();
    for (const index::Event& event : index.rows<index::Event>(SectionId::events, range.events)) {
      copy.events.push_back({static_cast<EventKind>(event.kind), std::string(index.text(event.version))});
    }
  }
  affected.versions = texts_of(index, SectionId::versions, row.versions);
  affected.rating.vectors = texts_of(index, SectionId::names, row.vectors);
  if (row.severity >= 0 && row.score < 0) {
    affected.rating.severity = static_cast<Severity>(row.severity);
  }
  return affected;
}

}  // namespace

Result<WrittenIndex>
write_index(std::span<const Record> records, const IndexOrigin& origin, std::uint64_t most_places)
{
  return Writer(origin).run(records, most_places);
}

std::vector<Record>
records_of(const Index& index)
{
  std::vector<Record> records;
  const auto count = static_cast<std::uint32_t>(index.count(SectionId::advisories));
  for (const index::Advisory& row : index.rows<index::Advisory>(SectionId::advisories, {0, count})) {
    Record& record = records.emplace_back();
    record.id = index.text(row.id);
    record.summary = index.text(row.summary);
    record.published = index.text(row.published);
    record.modified = index.text(row.modified);
    record.reference = index.text(row.reference);
    record.aliases = texts_of(index, SectionId::names, row.aliases);
    record.related = texts_of(index, SectionId::names, row.related);
    record.upstream = texts_of(index, SectionId::names, row.upstream);
    record.is_malware = row.is_malware != 0;
  }
  const auto packages = static_cast<std::uint32_t>(index.count(SectionId::packages));
  for (const index::Package& package : index.rows<index::Package>(SectionId::packages, {0, packages})) {
    for (const index::Affected& row : index.rows<index::Affected>(SectionId::affected, package.affected)) {
      if (row.advisory < records.size()) {
        records[row.advisory].affected.push_back(affected_of(index, index.text(package.key), row));
      }
    }
  }
  return records;
}

}  // namespace sluice::deps
