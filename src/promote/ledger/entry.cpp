// SPDX-License-Identifier: Apache-2.0
#include "promote/ledger/entry.hpp"

#include "base/clock.hpp"
#include "base/text.hpp"
#include "promote/json_members.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace sluice::promote {

namespace {

constexpr JsonLimits limits{.depth = 16, .bytes = max_entry};
/// For the header of the commit and its signature.
constexpr std::size_t rest_of_commit = std::size_t{64} << 10U;

bool
is_own_field(std::string_view key)
{
  return key == "number" || key == "at" || key == "kind" || key == "environment" || key == "promotion"
         || key == "actor";
}

Json
fields_of(const Entry& entry)
{
  Json json{{"number", entry.number},           {"at", rfc3339(entry.at)},      {"kind", name_of(entry.kind)},
            {"environment", entry.environment}, {"promotion", entry.promotion}, {"actor", entry.actor}};
  for (const Json::Member& member : entry.body.members()) {
    if (!is_own_field(member.key)) {
      json.at(member.key) = member.value;
    }
  }
  return json;
}

Result<Entry>
entry_of(const Json& json)
{
  Entry entry;
  const auto number = json["number"].natural();
  const auto at = parse_rfc3339(text_of(json, "at"));
  const auto kind = from_name<EntryKind>(text_of(json, "kind"));
  if (!number || !at || !kind) {
    return fail(ErrorKind::input, "has no number, time or kind that this version knows");
  }
  entry.number = *number;
  entry.at = std::chrono::floor<std::chrono::seconds>(*at);
  entry.kind = *kind;
  entry.environment = text_of(json, "environment");
  entry.promotion = text_of(json, "promotion");
  entry.actor = text_of(json, "actor");
  for (const Json::Member& member : json.members()) {
    if (!is_own_field(member.key)) {
      entry.body.at(member.key) = member.value;
    }
  }
  return entry;
}

std::string
dumped(const Json& json)
{
  return json.dump(std::nullopt, JsonText::ascii);
}

/// The fields of an entry in at most `most` bytes, without the longest of its body where they would be more.
std::string
fitting(const Entry& entry, std::size_t most)
{
  std::string text = dumped(fields_of(entry));
  if (text.size() <= most) {
    return text;
  }
  std::vector<std::pair<std::size_t, std::string>> lengths;
  for (const Json::Member& member : entry.body.members()) {
    lengths.emplace_back(dumped(member.value).size(), member.key);
  }
  std::sort(lengths.rbegin(), lengths.rend());
  Entry shorter = entry;
  for (std::size_t i = 0; i < lengths.size() && text.size() > most; ++i) {
    const auto& [length, key] = lengths[i];
    shorter.body.at(key) = fmt::format("left out: {} of JSON", human_bytes(length));
    text = dumped(fields_of(shorter));
  }
  return text;
}

}  // namespace

Json
json_of(const Entry& entry)
{
  Json json = fields_of(entry);
  json.at("id") = entry.id.hex();
  json.at("signed") = entry.is_signed;
  return json;
}

std::string
headline(const Entry& entry)
{
  const std::string step = text_of(entry.body, "step");
  const std::string what =
      step.empty() ? std::string(name_of(entry.kind)) : fmt::format("{} {}", name_of(entry.kind), step);
  return fmt::format("{}: {}", entry.environment.empty() ? "ledger" : printable(entry.environment), printable(what));
}

std::string
message_of(const Entry& entry)
{
  return fmt::format("{}\n\n{}\n", headline(entry), fitting(entry, max_entry - rest_of_commit));
}

Result<Entry>
parse_entry(const git::ObjectId& id, std::string_view content)
{
  const std::size_t header_end = content.find("\n\n");
  if (header_end == std::string_view::npos || content.size() > max_entry) {
    return fail(ErrorKind::input, "commit {}: is no entry of a ledger", id.hex());
  }
  const std::string_view header = content.substr(0, header_end);
  const std::string_view message = content.substr(header_end + 2);
  const std::size_t line_end = message.find("\n\n");
  const auto json = Json::parse(line_end == std::string_view::npos ? "" : trim(message.substr(line_end)), limits);
  auto entry = json ? entry_of(*json) : Result<Entry>(Failure(json.error()));
  if (!entry) {
    return fail(ErrorKind::input, "commit {}: is no entry of a ledger: {}", id.hex(), entry.error().message);
  }
  entry->id = id;
  entry->is_signed = header.find("\ngpgsig") != std::string_view::npos;
  return entry;
}

}  // namespace sluice::promote
