// SPDX-License-Identifier: Apache-2.0
#include "deps/lock_finding.hpp"

#include "base/text.hpp"
#include "deps/package_facts.hpp"
#include "deps/subject.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

namespace sluice::deps {

namespace {

constexpr std::size_t most_alone = 5;
constexpr std::size_t most_related = 20;

}  // namespace

EarlierPackages::EarlierPackages(const LockedFile& file)
{
  if (!file.before) {
    return;
  }
  for (const Package& package : file.before->packages()) {
    std::string key = name_key(package);
    versions_.insert(fmt::format("{}\n{}", key, package.version));
    std::vector<const Package*>& same = by_name_[std::move(key)];
    if (same.size() < most_of_one_name) {
      same.push_back(&package);
    }
  }
}

std::span<const Package* const>
EarlierPackages::named(const Package& package) const
{
  const auto found = by_name_.find(name_key(package));
  return found == by_name_.end() ? std::span<const Package* const>() : std::span<const Package* const>(found->second);
}

bool
EarlierPackages::has_version(const Package& package) const
{
  return versions_.contains(fmt::format("{}\n{}", name_key(package), package.version));
}

void
LockReporter::add(const PackageReport& report)
{
  std::vector<PackageId> brought;
  std::vector<PackageId> older;
  for (const PackageId id : report.packages) {
    (was_so(report, file_.list.packages()[id]) ? older : brought).push_back(id);
  }
  for (const auto& [ids, is_older] : {std::pair(&brought, false), std::pair(&older, true)}) {
    if (ids->size() > most_alone) {
      add_many(report, *ids, is_older);
      continue;
    }
    for (const PackageId id : *ids) {
      add_one(report, id, is_older);
    }
  }
}

const EarlierPackages&
LockReporter::earlier()
{
  return earlier_ ? *earlier_ : earlier_.emplace(file_);
}

bool
LockReporter::was_so(const PackageReport& report, const Package& now)
{
  if (!report.was_so || !file_.before) {
    return false;
  }
  const auto before = earlier().named(now);
  return std::any_of(before.begin(), before.end(),
                     [&](const Package* each) { return each->part == Part::third_party && report.was_so(*each, now); });
}

/// What one finding has whether it is about one package or many.
Finding
LockReporter::begin(const PackageReport& report, const Package& first) const
{
  Finding finding;
  finding.rule = &rule_.meta;
  finding.where = {.path = file_.list.path, .begin = {first.line, 0}, .end = {first.line, 0}};
  finding.help = report.help;
  finding.severity = report.severity;
  finding.ruling = report.ruling;
  return finding;
}

void
LockReporter::add_one(const PackageReport& report, PackageId id, bool is_older)
{
  const Package& package = file_.list.packages()[id];
  Finding finding = begin(report, package);
  finding.message = fmt::format("{} {}: {}", shown_name(package), report.one, report.danger);
  finding.subject = purl_of(package);
  add_name_and_version(finding, package);
  add_fact(finding, "ecosystem", "", std::string(package.ecosystem));
  add_scope(finding, package);
  finding.facts.insert(finding.facts.end(), report.facts.begin(), report.facts.end());
  std::vector<std::string_view> parts{package.ecosystem, package.name, file_.list.path, report.aspect};
  if (!report.was_so) {
    parts.insert(parts.end(), {package.version, package.integrity, package.location});
  }
  finding.fingerprint = make_fingerprint(rule_.meta.id, parts);
  finding.is_older = is_older;
  found_.push_back(std::move(finding));
}

void
LockReporter::add_many(const PackageReport& report, const std::vector<PackageId>& ids, bool is_older)
{
  const auto packages = file_.list.packages();
  Finding finding = begin(report, packages[ids.front()]);
  finding.message = fmt::format("{} packages ({}) {}: {}", with_thousands(ids.size()), names_of(file_.list, ids),
                                report.many, report.danger);
  finding.facts = report.facts;
  std::vector<std::string_view> parts{file_.list.path, report.aspect};
  for (const PackageId id : ids) {
    parts.push_back(packages[id].name);
  }
  for (std::size_t i = 1; i < ids.size(); ++i) {
    if (i > most_related) {
      finding.places_left_out = ids.size() - i;
      break;
    }
    const std::uint32_t line = packages[ids[i]].line;
    finding.related.push_back({{.path = file_.list.path, .begin = {line, 0}, .end = {line, 0}},
                               PlaceRole::also,
                               shown_name(packages[ids[i]])});
  }
  finding.fingerprint = make_fingerprint(rule_.meta.id, parts);
  finding.is_older = is_older;
  found_.push_back(std::move(finding));
}

std::vector<PackageId>
packages_that(const PackageList& list, const std::function<bool(const Package&)>& is_meant)
{
  std::vector<PackageId> ids;
  std::unordered_set<std::string> told;
  for (PackageId id = 0; id < list.packages().size(); ++id) {
    const Package& package = list.packages()[id];
    if (package.part == Part::third_party && is_meant(package)
        && told.insert(fmt::format("{}\n{}\n{}\n{}", name_key(package), package.version, package.location,
                                   package.integrity))
               .second) {
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

}  // namespace sluice::deps
