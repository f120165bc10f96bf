// SPDX-License-Identifier: Apache-2.0
#include "deps/hit_finding.hpp"

#include "base/text.hpp"
#include "deps/advisories/rating.hpp"
#include "deps/subject.hpp"

#include <fmt/format.h>

namespace sluice::deps {

namespace {

/// "high, CVSS 7.5", "malware", "unscored".
std::string
rating_words(const AdvisoryGroup& group)
{
  if (group.is_malware) {
    return "malware";
  }
  if (group.score) {
    return fmt::format("{}, CVSS {:.1f}", name_of(severity_of_score(*group.score)), *group.score);
  }
  return group.severity ? std::string(name_of(*group.severity)) : "unscored";
}

std::string
message_of(const Hit& hit)
{
  const AdvisoryGroup& group = hit.group;
  std::string text = fmt::format("{} {} {} ({})", shown_name(hit.entries.package), group.is_malware ? "is" : "has",
                                 group.title(), rating_words(group));
  if (hit.exploitation && !hit.exploitation->known_since.empty()) {
    text += fmt::format(", exploited since {} at the latest", hit.exploitation->known_since);
  }
  return group.summary.empty() ? text : fmt::format("{}: {}", text, group.summary);
}

/// The template of a command with the package's name and the version in it.
std::string
command_of(std::string_view pattern, const Package& package, std::string_view version)
{
  return replace_all(replace_all(pattern, "{name}", package.name), "{version}", version);
}

std::string
help_of(const Hit& hit)
{
  const Package& package = hit.entries.package;
  if (hit.group.is_malware) {
    return fmt::format("Remove {}, take the machine that installed it for compromised, and renew its credentials",
                       package.name);
  }
  if (!hit.fixed_in) {
    return fmt::format("No version without it is known: replace {}, or accept it with a reason and a last day",
                       package.name);
  }
  const Upgrade& upgrade = hit.file->format->upgrade;
  const std::string_view pattern = package.is_direct ? upgrade.direct : upgrade.transitive;
  if (pattern.empty()) {
    return fmt::format("Update {} to {} or later", package.name, *hit.fixed_in);
  }
  return fmt::format("Update {} to {} or later: {}", package.name, *hit.fixed_in,
                     command_of(pattern, package, *hit.fixed_in));
}

std::string
words_of(const Way& way, const PackageList& list)
{
  std::vector<std::string> names;
  for (const PackageId id : way.packages) {
    names.emplace_back(list.packages()[id].name);
  }
  if (way.left_out != 0) {
    const auto middle = names.end() - static_cast<std::ptrdiff_t>(WayFinder::longest_way / 2);
    names.insert(middle, fmt::format("… {} more …", with_thousands(way.left_out)));
  }
  return join(names, " > ");
}

void
add_ways(const Hit& hit, Finding& finding)
{
  for (const Way& way : hit.ways.shortest) {
    finding.facts.push_back({"path", "comes by", words_of(way, hit.file->list)});
  }
  if (hit.ways.count > hit.ways.shortest.size()) {
    finding.facts.push_back(
        {"more-paths", "and by",
         counted(hit.ways.count - hit.ways.shortest.size(), "other direct dependency", "other direct dependencies")});
  }
}

void
add_facts(const Hit& hit, Finding& finding)
{
  const Package& package = hit.entries.package;
  const auto add = [&finding](std::string key, std::string label, std::string value) {
    if (!value.empty()) {
      finding.facts.push_back({std::move(key), std::move(label), std::move(value)});
    }
  };
  add("package", "package", std::string(package.name));
  add("version", "version", std::string(package.version));
  add("ecosystem", "ecosystem", std::string(package.ecosystem));
  add("advisory", "advisory", join(hit.group.ids, ", "));
  add("scope", "needed for",
      fmt::format("{}, {}", name_of(package.scope), package.is_direct ? "direct" : "transitive"));
  add("fixed-in", "fixed in", hit.fixed_in.value_or(""));
  add_ways(hit, finding);
  if (hit.exploitation) {
    add("known-exploited", "exploited since", hit.exploitation->known_since);
    add("epss", "EPSS", hit.exploitation->epss ? fmt::format("{:.1f} %", *hit.exploitation->epss * 100) : "");
  }
  add("published", "published", hit.group.published.substr(0, 10));
  add("reference", "more", hit.group.reference);
}

}  // namespace

Finding
finding_of(const Rule& rule, const Hit& hit)
{
  const Package& package = hit.entries.package;
  const std::string& path = hit.file->list.path;
  Finding finding;
  finding.rule = &rule.meta;
  finding.where = {.path = path, .begin = {package.line, 0}, .end = {package.line, 0}};
  finding.message = message_of(hit);
  finding.help = help_of(hit);
  finding.subject = purl_of(package);
  finding.severity = hit.group.is_malware ? Severity::critical : hit.group.severity;
  for (std::string& name : hit.group.names()) {
    finding.identifiers.push_back({std::move(name)});
  }
  for (std::size_t i = 1; i < hit.entries.ids.size(); ++i) {
    const std::uint32_t line = hit.file->list.packages()[hit.entries.ids[i]].line;
    finding.related.push_back(
        {{.path = path, .begin = {line, 0}, .end = {line, 0}}, PlaceRole::also, "the same again"});
  }
  add_facts(hit, finding);
  finding.fingerprint = make_fingerprint(
      rule.meta.id, std::array<std::string_view, 4>{package.ecosystem, package.name, hit.group.title(), path});
  finding.ruling = hit.ruling;
  finding.is_older = hit.is_older;
  return finding;
}

}  // namespace sluice::deps
