// SPDX-License-Identifier: Apache-2.0
//
// Rules and weaknesses. SARIF has taxonomies for the latter, GitHub reads a tag of the rule: both are written.
#include "base/text.hpp"
#include "output/escape.hpp"
#include "output/permalink.hpp"
#include "output/sarif_parts.hpp"
#include "output/tally.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::output {

namespace {

constexpr std::size_t most_tags = 10;  ///< of those that GitHub shows
constexpr std::size_t most_taxa = 1000;
constexpr std::size_t longest_doc = std::size_t{1} << 16U;

/// The digits of CWE-798; empty for anything else.
std::string_view
cwe_number(const Identifier& identifier)
{
  constexpr std::string_view prefix = "CWE-";
  if (identifier.kind() != IdentifierKind::cwe) {
    return {};
  }
  const std::string_view number = std::string_view(identifier.name).substr(prefix.size());
  const bool is_number = !number.empty() && number.size() <= 6
                         && std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
  return is_number ? number : std::string_view();
}

Json
tags_of(const RuleMeta& rule, ScanType scan, const std::vector<Identifier>& weaknesses)
{
  std::vector<std::string> tags;
  const auto add = [&tags](std::string tag) {
    if (!tag.empty() && tags.size() < most_tags && std::find(tags.begin(), tags.end(), tag) == tags.end()) {
      tags.push_back(std::move(tag));
    }
  };
  if (scan != ScanType::none) {
    add("security");  // without it GitHub ignores security-severity
  }
  for (const Identifier& identifier : weaknesses) {
    add(cwe_tag(identifier));
  }
  if (rule.state == RuleState::preview) {
    add(std::string(name_of(rule.state)));
  }
  for (const std::string_view tag : rule.tags) {
    add(plain(tag));
  }
  return Json::array_of(tags);
}

}  // namespace

std::string
cwe_tag(const Identifier& identifier)
{
  const std::string_view number = cwe_number(identifier);
  return number.empty() ? std::string() : fmt::format("external/cwe/cwe-{}", number);
}

Json
sarif_rule(const RuleMeta& rule, ScanType scan, const std::vector<Identifier>& weaknesses)
{
  const std::string title = plain(rule.title);
  const std::string doc = join(plain_lines(trim(markdown_of(rule.doc)), longest_doc), "\n");
  const std::string help = doc.empty() ? title : doc;
  Json json{{"id", plain(rule.id)},
            {"shortDescription", {{"text", title}}},
            {"fullDescription", {{"text", what_it_does(rule)}}},
            {"help", {{"text", help}, {"markdown", help}}}};
  if (!rule.doc.references.empty() && is_web_url(rule.doc.references.front())) {
    json.at("helpUri") = rule.doc.references.front();
  }
  json.at("defaultConfiguration") = {{"enabled", rule.state == RuleState::stable}, {"level", level_of(rule.severity)}};
  json.at("properties") = {{"security-severity", security_severity(rule.severity)},
                           {"precision", name_of(rule.confidence)},
                           {"state", name_of(rule.state)},
                           {"tags", tags_of(rule, scan, weaknesses)}};
  return json;
}

SarifTaxonomy::SarifTaxonomy(const Report& report)
{
  for (const Judged& judged : report.judged) {
    for (const Identifier& identifier : judged.finding.identifiers) {
      const std::string number(cwe_number(identifier));
      if (!number.empty() && numbers_.size() < most_taxa) {
        numbers_.emplace(number, 0);
      }
    }
  }
  std::size_t next = 0;
  for (auto& [number, index] : numbers_) {
    index = next++;
  }
}

Json
SarifTaxonomy::component() const
{
  Json taxa = Json::array();
  for (const auto& [number, index] : numbers_) {
    taxa.push_back({{"id", number}, {"helpUri", Identifier{"CWE-" + number}.url()}});
  }
  return {{"name", "CWE"},
          {"organization", "MITRE"},
          {"shortDescription", {{"text", "Common Weakness Enumeration"}}},
          {"informationUri", "https://cwe.mitre.org/"},
          {"taxa", std::move(taxa)}};
}

Json
SarifTaxonomy::references(const Finding& finding) const
{
  Json references;
  for (const Identifier& identifier : finding.identifiers) {
    const auto found = numbers_.find(std::string(cwe_number(identifier)));
    if (found != numbers_.end()) {
      references.push_back(
          {{"id", found->first}, {"index", found->second}, {"toolComponent", {{"name", "CWE"}, {"index", 0}}}});
    }
  }
  return references;
}

}  // namespace sluice::output
