// SPDX-License-Identifier: Apache-2.0
#include "deps/audit.hpp"

#include "base/text.hpp"
#include "deps/advisories/remedy.hpp"
#include "deps/ecosystem.hpp"
#include "deps/former_packages.hpp"
#include "deps/subject.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <unordered_map>

namespace sluice::deps {

namespace {

constexpr std::size_t most_ways = 5;

struct Identity
{
  std::string_view ecosystem, name, version;
  bool operator==(const Identity&) const = default;
};

struct IdentityHash
{
  std::size_t
  operator()(const Identity& identity) const
  {
    const std::hash<std::string_view> hash;
    return hash(identity.name) * 31 + hash(identity.version) * 7 + identity.ecosystem.size();
  }
};

PolicyFacts
package_facts(const Package& package, std::string_view path)
{
  PolicyFacts facts;
  facts.scope = package.scope;
  facts.is_direct = package.is_direct;
  facts.ecosystem = package.ecosystem;
  facts.name = package.name;
  facts.path = path;
  return facts;
}

/// What a rule can ask about a hit.
PolicyFacts
facts_of(const Hit& hit)
{
  PolicyFacts facts = package_facts(hit.entries.package, hit.file->list.path);
  facts.severity = hit.group.severity;
  facts.score = hit.group.score;
  facts.has_fix = hit.fixed_in.has_value();
  facts.is_malware = hit.group.is_malware;
  if (hit.exploitation) {
    facts.is_kev = !hit.exploitation->known_since.empty();
    facts.epss = hit.exploitation->epss;
  }
  facts.published = parse_date(std::string_view(hit.group.published).substr(0, 10));
  return facts;
}

class Auditor
{
public:
  Auditor(const Database& database, Audit& audit)
      : database_(database),
        audit_(audit),
        policy_(audit.options->rules)
  {}

  Result<>
  run()
  {
    TRY_ASSIGN(exploits_, Exploits::open(database_.directory()));
    for (const LockedFile& file : audit_.locked->files) {
      TRY(judge(file));
    }
    rule_on_hits();
    tell_scope();
    if (without_ways_ != 0) {
      audit_.notices.push_back(fmt::format("how {} come into the project is not told: there are too many of them",
                                           counted(without_ways_, "package", "packages")));
    }
    for (const auto& [ecosystem, packages] : audit_.by_ecosystem) {
      TRY(tell_age(ecosystem));
    }
    for (const auto& [ecosystem, packages] : missing_) {
      audit_.gaps.push_back({GapKind::no_data, fmt::format("advisories for {}", ecosystem),
                             fmt::format("the database has none, and {} of it cannot be judged",
                                         counted(packages, "package", "packages")),
                             "Get them with `sluice deps db update` or `sluice deps db import`"});
    }
    return {};
  }

private:
  Result<>
  judge(const LockedFile& file)
  {
    std::optional<WayFinder> finder;
    former_.reset();
    for (Entries& entries : entries_of(file.list)) {
      const Package& package = entries.package;
      ++audit_.judged;
      can_fail_ += policy_.can_fail(package_facts(package, file.list.path)) ? 1 : 0;
      ++audit_.by_ecosystem[std::string(package.ecosystem)];
      TRY_ASSIGN(const Index* index, database_.index(package.ecosystem));
      if (index == nullptr) {
        ++missing_[std::string(package.ecosystem)];
        continue;
      }
      const Matches matches = match(*index, package.ecosystem, package.name, package.version);
      if (!index->damage().empty()) {
        return fail(ErrorKind::unavailable, "{}", index->damage());
      }
      if (!matches.undecided.empty()) {
        tell_undecided(file, package, *index, matches.undecided);
      }
      if (!matches.affected.empty()) {
        if (!finder) {
          finder.emplace(file.list);
        }
        if (!former_ && file.before) {
          former_.emplace(*file.before);
        }
        TRY(add(file, entries, *index, matches, *finder));
      }
    }
    return {};
  }

  Result<>
  add(const LockedFile& file, const Entries& entries, const Index& index, const Matches& matches,
      const WayFinder& finder)
  {
    const Package& package = entries.package;
    const auto fixed_in = lowest_clean_version(index, package.ecosystem, package.name, package.version);
    const std::set<std::string> before = former_ ? former_->advisories(package, index) : std::set<std::string>();
    const Ways ways = finder.ways_to(entries.ids, most_ways);
    without_ways_ += ways.is_told ? 0 : 1;
    for (AdvisoryGroup& group : grouped(index, matches.affected)) {
      Hit hit;
      hit.file = &file;
      hit.entries = entries;
      hit.exploitation = exploits_->find(group.names());
      hit.fixed_in = fixed_in;
      hit.ways = ways;
      hit.is_older = std::any_of(group.ids.begin(), group.ids.end(),
                                 [&before](const std::string& id) { return before.contains(id); });
      hit.group = std::move(group);
      audit_.hits.push_back(std::move(hit));
    }
    return {};
  }

  /// An index that nobody has brought up to date, or that lost half of what it had, knows too little for a pass.
  Result<>
  tell_age(const std::string& ecosystem)
  {
    TRY_ASSIGN(const Index* index, database_.index(ecosystem));
    if (index == nullptr || !told_of_.insert(index).second) {
      return {};
    }
    const auto [year, month, day] = audit_.today;
    const std::chrono::sys_days today = std::chrono::year(year) / month / day;
    const auto age = std::chrono::floor<std::chrono::days>(today - index->built()).count();
    // One that was made of documents when it was opened is of no day.
    const bool is_dated = index->built() != std::chrono::sys_seconds();
    if (is_dated && audit_.options->max_age != 0 && age > audit_.options->max_age) {
      audit_.gaps.push_back(
          {GapKind::stale_data, fmt::format("advisories for {}", ecosystem),
           fmt::format("they were fetched {} ago, on {}, and may be {} old",
                       counted(static_cast<std::uint64_t>(age), "day", "days"), rfc3339(index->built()).substr(0, 10),
                       counted(static_cast<std::uint64_t>(audit_.options->max_age), "day", "days")),
           "Bring them up to date with `sluice deps db update`"});
    }
    if (index->records() * 2 <= index->previous_records()) {
      audit_.gaps.push_back({GapKind::no_data, fmt::format("advisories for {}", ecosystem),
                             fmt::format("there are {} where there were {}", with_thousands(index->records()),
                                         with_thousands(index->previous_records())),
                             "Look at where they came from, and import them anew"});
    }
    return {};
  }

  void
  rule_on_hits()
  {
    IgnoreList ignores(audit_.options->ignore, audit_.today);
    for (Hit& hit : audit_.hits) {
      auto ignored = ignores.ruling(hit.group.names(), hit.entries.package.name, hit.file->list.path);
      hit.ruling = ignored ? *std::move(ignored) : policy_.decide(facts_of(hit), audit_.today);
    }
    const std::vector<std::string> notices = ignores.notices();
    audit_.notices.insert(audit_.notices.end(), notices.begin(), notices.end());
  }

  /// A pass in which no package could have failed must say so.
  void
  tell_scope()
  {
    if (can_fail_ == 0 && audit_.judged != 0) {
      const std::string scopes = policy_.scopes_that_fail();
      audit_.notices.push_back(fmt::format("0 of {} can fail by a rule for vulnerabilities{}",
                                           counted(audit_.judged, "package", "packages"),
                                           scopes.empty() ? "" : fmt::format(": none is needed for {}", scopes)));
    }
  }

  void
  tell_undecided(const LockedFile& file, const Package& package, const Index& index,
                 const std::vector<index::Affected>& rows)
  {
    std::vector<std::string> ids;
    for (const index::Affected& row : rows) {
      ids.emplace_back(index.text(index.advisory(row.advisory).id));
    }
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    const Scheme* scheme = scheme_of(package.ecosystem);
    const bool is_none = scheme != nullptr && !is_version(*scheme, package.version);
    audit_.gaps.push_back(
        {GapKind::unjudged, fmt::format("{}:{} {}@{}", file.list.path, package.line, package.name, package.version),
         fmt::format("{}, so whether {} {} it cannot be told",
                     is_none ? fmt::format("{} is no version of {}", package.version, package.ecosystem)
                             : "an advisory names versions that cannot be compared",
                     join(ids, ", "), ids.size() == 1 ? "is about" : "are about"),
         is_none ? "Lock the package to a version" : ""});
  }

  const Database& database_;
  Audit& audit_;
  RuleList policy_;
  std::optional<Exploits> exploits_;
  std::optional<FormerPackages> former_;  ///< of the file that is judged
  std::uint64_t can_fail_ = 0;
  std::uint64_t without_ways_ = 0;
  std::map<std::string, std::uint64_t> missing_;
  std::set<const Index*> told_of_;
};

}  // namespace

bool
can_be_judged(const Package& package)
{
  return package.part == Part::third_party && !package.version.empty() && package.source != Source::path;
}

std::vector<Entries>
entries_of(const PackageList& list)
{
  std::vector<Entries> all;
  std::unordered_map<Identity, std::size_t, IdentityHash> known;
  known.reserve(list.packages().size());
  for (PackageId id = 0; id < list.packages().size(); ++id) {
    const Package& package = list.packages()[id];
    if (!can_be_judged(package)) {
      continue;
    }
    const auto [at, is_new] = known.emplace(Identity{package.ecosystem, package.name, package.version}, all.size());
    if (is_new) {
      all.push_back({{}, package});
    }
    Entries& entries = all[at->second];
    entries.ids.push_back(id);
    entries.package.scope = std::min(entries.package.scope, package.scope);
    entries.package.is_direct = entries.package.is_direct || package.is_direct;
  }
  return all;
}

Result<Audit>
audit(const LockedFiles& locked, const Database& database, const DepsOptions& options, Date today)
{
  Audit audit;
  audit.options = &options;
  audit.locked = &locked;
  audit.today = today;
  TRY(Auditor(database, audit).run());
  return audit;
}

}  // namespace sluice::deps
