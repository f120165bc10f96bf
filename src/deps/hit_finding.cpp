// SPDX-License-Identifier: Apache-2.0
#include "deps/hit_finding.hpp"

#include "base/text.hpp"
#include "deps/action_reference.hpp"
#include "deps/advisories/rating.hpp"
#include "deps/fix_command.hpp"
#include "deps/node_packages.hpp"
#include "deps/package_facts.hpp"
#include "deps/range.hpp"
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

/// "overrides in package.json:12".
std::string
words_of(const NodeOverride& pin)
{
  return fmt::format("{} in {}:{}", pin.table, pin.path, pin.line);
}

/// "express 4.17.1", or whose the need is where it is the project's own.
std::string
holder_words(const Package& holder)
{
  switch (holder.part) {
  case Part::third_party:
    return fmt::format("{} {}", holder.name, holder.version);
  case Part::member:
    return std::string(holder.name);
  case Part::root:
    break;
  }
  return "the project itself";
}

/// Without the protocol that Yarn writes before a range of the usual registry.
std::string_view
shown_range(std::string_view range)
{
  constexpr std::string_view protocol = "npm:";
  return range.starts_with(protocol) && !alias_in(range) ? range.substr(protocol.size()) : range;
}

/// What has to change before the package can; empty if nothing is known to hold it back, or the project alone does and
/// the command for a direct dependency changes that.
std::string
hold_words(const Hit& hit)
{
  const auto packages = hit.file->list.packages();
  for (const Hold& hold : hit.route.holds.holds) {
    const Package& holder = packages[hold.by];
    if (holder.part != Part::third_party) {
      continue;
    }
    const Package& direct = packages[hold.direct];
    const std::string others =
        hit.route.holds.count > 1 ? fmt::format(" ({} do so)", with_thousands(hit.route.holds.count)) : std::string();
    return fmt::format("{} holds it back, which asks for {}{}; update {}{}", holder_words(holder),
                       shown_range(hold.range), others, direct.name, hold.by == hold.direct ? "" : ", which brings it");
  }
  return {};
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
  const std::string update = fmt::format("Update {} to {} or later", package.name, *hit.fixed_in);
  if (hit.route.pin) {
    return fmt::format("{}: {} pins it, so change it there first", update, words_of(*hit.route.pin));
  }
  if (std::string hold = hold_words(hit); !hold.empty()) {
    return fmt::format("{}: {}", update, hold);
  }
  const std::string command = fix_command(hit);
  std::string help = command.empty() ? update : fmt::format("{}: {}", update, command);
  const Holds& holds = hit.route.holds;
  // pnpm, Cargo and uv write down what was chosen and not what was asked for.
  if (are_ranges_known(package.ecosystem) && !package.is_direct && holds.untold) {
    return fmt::format("{}; if {} does not admit it, update that first", help,
                       holder_words(hit.file->list.packages()[*holds.untold]));
  }
  return help;
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
  const bool is_told = hit.entries.package.is_direct && hit.ways.count == 1;  // that it is direct
  for (const Way& way : hit.ways.shortest) {
    finding.facts.push_back({"path", is_told ? "" : "comes by", words_of(way, hit.file->list)});
  }
  if (hit.ways.count > hit.ways.shortest.size()) {
    finding.facts.push_back(
        {"more-paths", "and by",
         counted(hit.ways.count - hit.ways.shortest.size(), "other direct dependency", "other direct dependencies")});
  }
}

/// Where somebody would change it. Not places of the finding itself: what is accepted is accepted in the lockfile.
void
add_places_of_fix(const FixRoute& route, Finding& finding)
{
  const auto add = [&finding](const std::string& path, std::uint32_t line, std::string note) {
    finding.related.push_back({{.path = path, .begin = {line, 0}, .end = {line, 0}}, PlaceRole::fix, std::move(note)});
  };
  if (route.pin) {
    add(route.pin->path, route.pin->line, fmt::format("{} pins it", route.pin->table));
  }
  for (const ManifestLine& named : route.named) {
    add(named.path, named.line, "the manifest names it");
  }
}

void
add_facts(const Hit& hit, Finding& finding)
{
  const Package& package = hit.entries.package;
  const auto add = [&finding](std::string key, std::string label, std::string value) {
    add_fact(finding, std::move(key), std::move(label), std::move(value));
  };
  add_name_and_version(finding, package);
  if (hit.file->format->has_versions_in_comments && is_commit_id(package.integrity)) {
    add("version-from", "its version", "is what the comment says; the commit beside it decides what runs");
  }
  add("ecosystem", "", std::string(package.ecosystem));
  add("advisory", "", join(hit.group.ids, ", "));
  add_scope(finding, package);
  add("fixed-in", "fixed in", hit.fixed_in.value_or(""));
  add_ways(hit, finding);
  for (const Hold& hold : hit.route.holds.holds) {
    const Package& holder = hit.file->list.packages()[hold.by];
    add("held-back-by", "held back by",
        fmt::format("{}, which asks for {}", holder_words(holder), shown_range(hold.range)));
  }
  if (hit.route.holds.count > hit.route.holds.holds.size()) {
    add("more-holds", "and by", counted(hit.route.holds.count - hit.route.holds.holds.size(), "other", "others"));
  }
  add("pinned-by", "pinned by", hit.route.pin ? words_of(*hit.route.pin) : "");
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
  add_places_of_fix(hit.route, finding);
  add_facts(hit, finding);
  finding.fingerprint = make_fingerprint(
      rule.meta.id, std::array<std::string_view, 4>{package.ecosystem, package.name, hit.group.title(), path});
  finding.ruling = hit.ruling;
  finding.is_older = hit.is_older;
  return finding;
}

}  // namespace sluice::deps
