// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "output/escape.hpp"
#include "output/excerpt.hpp"
#include "output/sarif_parts.hpp"
#include "output/tally.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::output {

namespace {

constexpr std::size_t most_places = 100;
constexpr std::size_t most_identifiers = 100;

Json
region(const Location& where, std::string_view excerpt, Span covered)
{
  Json region{{"startLine", std::max(1U, where.begin.line)}};
  if (where.begin.line == 0) {
    return region;
  }
  const bool is_one_line = where.end.line <= where.begin.line;
  if (where.begin.column > 0) {
    region.at("startColumn") = utf16_column(where.begin.column, excerpt.substr(0, covered.begin));
  }
  region.at("endLine") = std::max(where.begin.line, where.end.line);
  if (where.end.column > 0 && (!is_one_line || where.end.column >= where.begin.column) && where.begin.column > 0) {
    region.at("endColumn") =
        is_one_line ? utf16_column(where.end.column, excerpt.substr(0, covered.end)) : where.end.column;
  }
  if (!excerpt.empty() && is_one_line) {
    region.at("snippet") = {{"text", plain(replace_all(ellipsis(excerpt, field_limit), "\t", "    "))}};
  }
  return region;
}

Json
location(const Location& where, std::string_view excerpt = {}, Span covered = {})
{
  return {{"physicalLocation",
           {{"artifactLocation", {{"uri", uri_path(path_or_stand_in(where))}, {"uriBaseId", "%SRCROOT%"}}},
            {"region", region(where, excerpt, covered)}}}};
}

Json
related_location(const RelatedPlace& place, std::size_t id)
{
  const std::string& commit = place.where.commit;
  const std::string in_commit = commit.empty() ? "" : fmt::format(", in commit {}", short_commit(commit));
  const std::string note = place.note.empty() ? "" : ": " + place.note;
  Json related = location(place.where);
  related.at("id") = id;
  related.at("message") = sarif_message_object(fmt::format("{}{}{}", text_of(place.role), in_commit, note));
  return related;
}

/// GitHub shows the first of `locations`; other readers take all that are named there for the finding.
void
add_places(const Finding& finding, Json& result)
{
  Json locations = Json::array({location(finding.where, finding.excerpt, finding.covered_bytes())});
  if (!finding.subject.empty()) {
    locations.at(0).at("logicalLocations") =
        Json::array({{{"fullyQualifiedName", plain(finding.subject)}, {"kind", "resource"}}});
  }
  Json related = Json::array();
  for (std::size_t i = 0; i < std::min(most_places, finding.related.size()); ++i) {
    const RelatedPlace& place = finding.related[i];
    if (place.role == PlaceRole::primary) {
      locations.push_back(location(place.where));
    }
    related.push_back(related_location(place, i + 1));
  }
  result.at("locations") = std::move(locations);
  if (related.size() > 0) {
    result.at("relatedLocations") = std::move(related);
  }
}

Json
suppressions(const Judged& judged)
{
  const bool is_comment = judged.finding.inline_allow && judged.finding.inline_allow->counts;
  return Json::array({{{"kind", is_comment ? "inSource" : "external"},
                       {"status", "accepted"},
                       {"justification", plain(judged.reason)}}});
}

Json
identifier(const Identifier& identifier)
{
  Json json{{"kind", name_of(identifier.kind())}, {"name", plain(identifier.name)}};
  if (const std::string url = identifier.url(); !url.empty()) {
    json.at("url") = url;
  }
  return json;
}

void
add_identifiers(const Finding& finding, Json& properties)
{
  Json identifiers = Json::array();
  Json tags = Json::array();
  for (std::size_t i = 0; i < std::min(most_identifiers, finding.identifiers.size()); ++i) {
    identifiers.push_back(identifier(finding.identifiers[i]));
    if (std::string tag = cwe_tag(finding.identifiers[i]); !tag.empty()) {
      tags.push_back(std::move(tag));
    }
  }
  if (identifiers.size() > 0) {
    properties.at("identifiers") = std::move(identifiers);
  }
  if (tags.size() > 0) {
    properties.at("tags") = std::move(tags);
  }
}

Json
properties(const Judged& judged)
{
  const Finding& finding = judged.finding;
  Json properties{{"severity", name_of(judged.severity)},
                  {"security-severity", security_severity(judged.severity)},
                  {"disposition", name_of(judged.disposition)},
                  {"confidence", name_of(finding.own_confidence())}};
  const auto add = [&properties](std::string_view key, const std::string& value) {
    if (!value.empty()) {
      properties.at(key) = value;
    }
  };
  add("reason", plain(judged.reason));
  add("fix", join(plain_lines(finding.help), "\n"));
  add("commit", plain(finding.where.commit));
  add("subject", plain(finding.subject));
  add_identifiers(finding, properties);
  if (!finding.facts.empty()) {
    properties.at("facts") = Json::array_of(finding.facts, [](const Fact& fact) {
      return Json{
          {"key", plain(fact.key)}, {"label", plain(fact.label)}, {"value", join(plain_lines(fact.value), "\n")}};
    });
  }
  return properties;
}

}  // namespace

Json
sarif_result(const Judged& judged)
{
  Json result{{"ruleId", plain(rule_of(judged.finding).id)},
              {"level", level_of(judged.disposition == Disposition::warned ? std::min(judged.severity, Severity::medium)
                                                                           : judged.severity)},
              {"rank", sarif_rank(judged.severity)},
              {"message", sarif_message_object(judged.finding.message)}};
  add_places(judged.finding, result);
  if (judged.disposition == Disposition::suppressed) {
    result.at("suppressions") = suppressions(judged);
  }
  result.at("properties") = properties(judged);
  return result;
}

}  // namespace sluice::output
