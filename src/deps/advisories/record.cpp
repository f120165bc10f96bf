// SPDX-License-Identifier: Apache-2.0
#include "deps/advisories/record.hpp"

#include "base/text.hpp"
#include "deps/ecosystem.hpp"

#include <algorithm>
#include <array>

namespace sluice::deps {

namespace {

tl::unexpected<Defect>
wrong(const Value& value, std::string what)
{
  return tl::unexpected(Defect{value.line(), std::move(what)});
}

std::vector<std::string>
texts_of(const Value& list)
{
  std::vector<std::string> texts;
  for (const Value each : list) {
    if (!each.scalar().empty()) {
      texts.emplace_back(each.scalar());
    }
  }
  return texts;
}

/// Words of GitHub's and others' databases.
std::optional<Severity>
severity_word(std::string_view word)
{
  constexpr std::array<std::pair<std::string_view, Severity>, 7> words{{{"low", Severity::low},
                                                                        {"minor", Severity::low},
                                                                        {"moderate", Severity::medium},
                                                                        {"medium", Severity::medium},
                                                                        {"high", Severity::high},
                                                                        {"important", Severity::high},
                                                                        {"critical", Severity::critical}}};
  const std::string lower = to_lower(word);
  const auto found =
      std::find_if(words.begin(), words.end(), [&lower](const auto& each) { return each.first == lower; });
  return found == words.end() ? std::nullopt : std::optional(found->second);
}

/// `object` is a record or one of its packages: both may carry vectors and a word.
Rating
rating_of(const Value& object)
{
  Rating rating;
  for (const Value each : object["severity"]) {
    if (each["score"].is_text()) {
      rating.vectors.emplace_back(each["score"].text());
    }
  }
  for (const std::string_view key : {"database_specific", "ecosystem_specific"}) {
    if (!rating.severity) {
      rating.severity = severity_word(object[key]["severity"].text());
    }
  }
  return rating;
}

std::optional<EventKind>
event_kind(std::string_view key)
{
  constexpr std::array<std::string_view, 4> keys{"introduced", "fixed", "last_affected", "limit"};
  const auto* found = std::find(keys.begin(), keys.end(), key);
  return found == keys.end() ? std::nullopt : std::optional(static_cast<EventKind>(found - keys.begin()));
}

/// Of "< 2.0.0" or "<= 1.4.2", where a database knows that much of a range that nothing ends.
std::optional<Event>
known_bound(std::string_view text)
{
  text = trim(text);
  if (!text.starts_with('<')) {
    return std::nullopt;
  }
  const bool is_inclusive = text.starts_with("<=");
  const std::string_view version = trim(text.substr(is_inclusive ? 2 : 1));
  if (version.empty() || version.find_first_of(" ,|<>") != std::string_view::npos) {
    return std::nullopt;
  }
  return Event{is_inclusive ? EventKind::last_affected : EventKind::bound, std::string(version)};
}

bool
is_open(const Range& range)
{
  return std::all_of(range.events.begin(), range.events.end(),
                     [](const Event& event) { return event.kind == EventKind::introduced; });
}

/// Nothing for a range of commits: it says nothing of versions and is no end of the others.
tl::expected<std::optional<Range>, Defect>
range_of(const Value& value)
{
  const std::string_view type = value["type"].text();
  if (type == "GIT") {
    return std::nullopt;
  }
  if (type != "SEMVER" && type != "ECOSYSTEM") {
    return wrong(value, "a range is of no type that is known");
  }
  Range range;
  for (const Value event : value["events"]) {
    for (const Value member : event) {
      const auto kind = event_kind(member.key());
      if (!kind || member.scalar().empty()) {
        return wrong(member, "an event is none that is known");
      }
      range.events.push_back({*kind, std::string(member.scalar())});
    }
  }
  if (range.events.empty()) {
    return wrong(value, "a range has no events");
  }
  return range;
}

tl::expected<Affected, Defect>
affected_of(const Value& value)
{
  Affected affected;
  affected.ecosystem = value["package"]["ecosystem"].text();
  affected.name = value["package"]["name"].text();
  if (const Ecosystem* ecosystem = find_ecosystem(affected.ecosystem)) {
    affected.name = normalised(*ecosystem, affected.name);
  }
  const auto bound = known_bound(value["database_specific"]["last_known_affected_version_range"].text());
  for (const Value each : value["ranges"]) {
    auto range = range_of(each);
    if (!range) {
      return tl::unexpected(std::move(range).error());
    }
    if (*range) {
      if (bound && is_open(**range)) {
        (*range)->events.push_back(*bound);
      }
      affected.ranges.push_back(**std::move(range));
    }
  }
  affected.versions = texts_of(value["versions"]);
  affected.rating = rating_of(value);
  return affected;
}

/// Of a text without a summary its first sentence, which a headline has room for, and no Markdown.
std::string
headline_of(std::string_view text)
{
  constexpr std::size_t most = 160;
  text = trim(text);
  text = text.substr(0, text.find('\n'));
  text = text.substr(0, text.find(". "));
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_mark = text[i] == '*' || text[i] == '`' || text[i] == '#' || (text[i] == '\\' && i + 1 < text.size());
    if (!is_mark) {
      plain += text[i];
    }
  }
  const std::string_view whole = trim(plain);
  return whole.size() <= most ? std::string(whole) : std::string(whole.substr(0, whole.rfind(' ', most))) + " …";
}

/// Go's database writes the year 1 where it does not know.
std::string
known_time(std::string_view time)
{
  return time.starts_with("0001-") ? std::string() : std::string(time);
}

std::string
reference_of(const Value& references)
{
  std::string first;
  for (const Value each : references) {
    if (each["type"].text() == "ADVISORY") {
      return std::string(each["url"].text());
    }
    first = first.empty() ? std::string(each["url"].text()) : first;
  }
  return first;
}

bool
is_malware(const Value& document, const Record& record)
{
  const auto says = [](const std::string& id) { return id.starts_with("MAL-"); };
  return says(record.id) || std::any_of(record.aliases.begin(), record.aliases.end(), says)
         || document["database_specific"]["malicious-packages-origins"].is_list();
}

}  // namespace

tl::expected<Record, Defect>
read_record(const Value& document)
{
  Record record;
  record.id = document["id"].text();
  if (record.id.empty()) {
    return wrong(document, "it has no id");
  }
  record.aliases = texts_of(document["aliases"]);
  record.related = texts_of(document["related"]);
  record.upstream = texts_of(document["upstream"]);
  record.summary = document["summary"].is_text() ? ellipsis(trim(document["summary"].text()), 300)
                                                 : headline_of(document["details"].text());
  record.published = known_time(document["published"].text());
  record.modified = document["modified"].text();
  record.is_withdrawn = !document["withdrawn"].scalar().empty();
  record.reference = reference_of(document["references"]);
  record.rating = rating_of(document);
  record.is_malware = is_malware(document, record);
  const Value affected = document["affected"];
  if (affected && affected.kind() != Data::Kind::null && !affected.is_list()) {
    return wrong(affected, "`affected` is not a list");
  }
  for (const Value each : affected) {
    auto one = affected_of(each);
    if (!one) {
      return tl::unexpected(std::move(one).error());
    }
    record.affected.push_back(*std::move(one));
  }
  return record;
}

}  // namespace sluice::deps
