// SPDX-License-Identifier: Apache-2.0
#include "deps/lock_finding.hpp"

#include "base/text.hpp"
#include "deps/subject.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_set>

namespace sluice::deps {

namespace {

constexpr std::size_t most_alone = 5;
constexpr std::size_t most_related = 20;

std::string
key_of(const Package& package)
{
  return fmt::format("{}\n{}", package.ecosystem, package.name);
}

void
add_facts(const Package& package, Finding& finding)
{
  const auto add = [&finding](std::string key, std::string label, std::string value) {
    if (!value.empty()) {
      finding.facts.push_back({std::move(key), std::move(label), std::move(value)});
    }
  };
  add("package", "package", std::string(package.name));
  add("version", "version", std::string(package.version));
  add("ecosystem", "ecosystem", std::string(package.ecosystem));
  add("scope", "needed for",
      fmt::format("{}, {}", name_of(package.scope), package.is_direct ? "direct" : "transitive"));
}

/// What one finding has whether it is about one package or many.
Finding
begin_finding(const Rule& rule, const LockedFile& file, const PackageReport& report, const Package& first)
{
  Finding finding;
  finding.rule = &rule.meta;
  finding.where = {.path = file.list.path, .begin = {first.line, 0}, .end = {first.line, 0}};
  finding.help = report.help;
  finding.severity = report.severity;
  finding.ruling = report.ruling;
  return finding;
}

void
report_one(const Rule& rule, const LockedFile& file, const PackageReport& report, PackageId id, bool is_older,
           std::vector<Finding>& found)
{
  const Package& package = file.list.packages()[id];
  Finding finding = begin_finding(rule, file, report, package);
  finding.message = fmt::format("{} {}: {}", shown_name(package), report.one, report.danger);
  finding.subject = purl_of(package);
  add_facts(package, finding);
  finding.facts.insert(finding.facts.end(), report.facts.begin(), report.facts.end());
  finding.fingerprint =
      make_fingerprint(rule.meta.id, std::array<std::string_view, 3>{package.ecosystem, package.name, file.list.path});
  finding.is_older = is_older;
  found.push_back(std::move(finding));
}

void
report_many(const Rule& rule, const LockedFile& file, const PackageReport& report, const std::vector<PackageId>& ids,
            bool is_older, std::vector<Finding>& found)
{
  const auto packages = file.list.packages();
  Finding finding = begin_finding(rule, file, report, packages[ids.front()]);
  finding.message = fmt::format("{} packages ({}) {}: {}", with_thousands(ids.size()), names_of(file.list, ids),
                                report.many, report.danger);
  finding.facts = report.facts;
  std::vector<std::string_view> parts{file.list.path};
  for (const PackageId id : ids) {
    parts.push_back(packages[id].name);
  }
  for (std::size_t i = 1; i < ids.size(); ++i) {
    if (i > most_related) {
      finding.places_left_out = ids.size() - i;
      break;
    }
    const std::uint32_t line = packages[ids[i]].line;
    finding.related.push_back({{.path = file.list.path, .begin = {line, 0}, .end = {line, 0}},
                               PlaceRole::also,
                               shown_name(packages[ids[i]])});
  }
  finding.fingerprint = make_fingerprint(rule.meta.id, parts);
  finding.is_older = is_older;
  found.push_back(std::move(finding));
}

}  // namespace

EarlierPackages::EarlierPackages(const LockedFile& file)
{
  if (!file.before) {
    return;
  }
  for (const Package& package : file.before->packages()) {
    by_name_[key_of(package)].push_back(&package);
  }
}

std::span<const Package* const>
EarlierPackages::named(const Package& package) const
{
  const auto found = by_name_.find(key_of(package));
  return found == by_name_.end() ? std::span<const Package* const>() : std::span<const Package* const>(found->second);
}

void
report_packages(const Rule& rule, const LockedFile& file, const PackageReport& report, std::vector<Finding>& found)
{
  if (report.packages.empty()) {
    return;
  }
  std::vector<PackageId> brought;
  std::vector<PackageId> older;
  const EarlierPackages earlier(file);
  for (const PackageId id : report.packages) {
    const Package& now = file.list.packages()[id];
    const auto before = earlier.named(now);
    const bool is_older = report.was_so && std::any_of(before.begin(), before.end(), [&](const Package* each) {
                            return each->part == Part::third_party && report.was_so(*each, now);
                          });
    (is_older ? older : brought).push_back(id);
  }
  for (const auto& [ids, is_older] : {std::pair(&brought, false), std::pair(&older, true)}) {
    if (ids->size() > most_alone) {
      report_many(rule, file, report, *ids, is_older, found);
      continue;
    }
    for (const PackageId id : *ids) {
      report_one(rule, file, report, id, is_older, found);
    }
  }
}

std::vector<PackageId>
packages_that(const PackageList& list, const std::function<bool(const Package&)>& is_meant)
{
  std::vector<PackageId> ids;
  std::unordered_set<std::string> told;
  for (PackageId id = 0; id < list.packages().size(); ++id) {
    const Package& package = list.packages()[id];
    if (package.part == Part::third_party && is_meant(package)
        && told.insert(fmt::format("{}\n{}", key_of(package), package.version)).second) {
      ids.push_back(id);
    }
  }
  return ids;
}

std::string
names_of(const PackageList& list, const std::vector<PackageId>& packages)
{
  constexpr std::size_t most = 5;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(packages.size(), most); ++i) {
    names.push_back(shown_name(list.packages()[packages[i]]));
  }
  std::string text = join(names, ", ");
  if (packages.size() > most) {
    text += fmt::format(" and {}", counted(packages.size() - most, "other", "others"));
  }
  return text;
}

bool
is_installed_from(const LockedFile& file)
{
  constexpr std::array<std::string_view, 6> not_installed{"cyclonedx",       "spdx",         "dotnet-deps",
                                                          "github-workflow", "actions-lock", "dockerfile"};
  return std::find(not_installed.begin(), not_installed.end(), file.format->id) == not_installed.end();
}

}  // namespace sluice::deps
