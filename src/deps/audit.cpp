// SPDX-License-Identifier: Apache-2.0
#include "deps/audit.hpp"

#include "base/text.hpp"
#include "deps/advisories/remedy.hpp"
#include "deps/archive_name.hpp"
#include "deps/ecosystem.hpp"
#include "deps/entry_groups.hpp"
#include "deps/excuse.hpp"
#include "deps/subject.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <tuple>

namespace sluice::deps {

namespace {

constexpr std::size_t most_ways = 5;

class Auditor
{
public:
  Auditor(const Database& database, Audit& audit)
      : database_(database),
        audit_(audit),
        policy_(audit.options->rules),
        lines_(*audit.locked)
  {}

  Result<>
  run()
  {
    if (database_.directory().empty()) {
      exploits_.emplace();
    } else {
      TRY_ASSIGN(exploits_, Exploits::open(database_.directory()));
    }
    for (const LockedFile& file : audit_.locked->files) {
      TRY(judge(file));
    }
    rule_on_hits();
    tell_scope();
    if (without_ways_ != 0) {
      audit_.notices.push_back(fmt::format("how {} come into the project is not told: there are too many of them",
                                           counted(without_ways_, "package", "packages")));
    }
    for (const std::string& ecosystem : changed_) {
      TRY(tell_age(ecosystem));
    }
    for (const auto& [ecosystem, packages] : older_) {
      audit_.notices.push_back(fmt::format("{} of {} in lockfiles that the change left as they were {} not judged: the "
                                           "database has no advisories for {}",
                                           counted(packages, "package", "packages"), ecosystem,
                                           packages == 1 ? "was" : "were", ecosystem));
    }
    tell_missing();
    return {};
  }

private:
  Result<>
  judge(const LockedFile& file)
  {
    std::optional<WayFinder> finder;
    std::optional<FixRoutes> routes;
    former_.reset();
    asked_ = {};
    const EntryGroups groups(file.list);
    for (const EntryGroups::Group& group : groups.all()) {
      const Package package = groups.package(group);
      ++audit_.judged;
      can_fail_ += policy_.can_fail(facts_of(package, file.list.path)) ? 1 : 0;
      if (asked_.name != package.ecosystem || asked_.packages == nullptr) {
        TRY(ask(file, package.ecosystem));
      }
      ++*asked_.packages;
      const Index* index = asked_.index;
      if (index == nullptr) {
        ++(file.is_unchanged ? older_ : missing_)[std::string(package.ecosystem)];
        continue;
      }
      const Matches matches = rows_about(*index, package.ecosystem, package.name, package.version);
      if (!matches.undecided.empty()) {
        tell_undecided(file, package, *index, matches.undecided);
      }
      if (!matches.affected.empty()) {
        if (!finder) {
          finder.emplace(file.list);
          routes.emplace(file, audit_.locked->tree, *finder, lines_);
        }
        if (!former_ && file.before) {
          former_.emplace(*file.before);
        }
        TRY(add(file, groups.entries(group), *index, matches, {*finder, *routes}));
      }
      if (!index->damage().empty()) {
        return fail(ErrorKind::unavailable, "{}", index->damage());
      }
    }
    return {};
  }

  /// What is the same for all packages of an ecosystem in a file: nearly every file has one.
  struct Asked
  {
    std::string_view name;
    std::uint64_t* packages = nullptr;
    const Index* index = nullptr;
  };

  Result<>
  ask(const LockedFile& file, std::string_view ecosystem)
  {
    if (!file.is_unchanged) {
      changed_.emplace(ecosystem);
    }
    TRY_ASSIGN(const Index* index, database_.index(ecosystem));
    asked_ = {ecosystem, &audit_.by_ecosystem[std::string(ecosystem)], index};
    return {};
  }

  /// What tells of a file how its packages come into it and how they get away.
  struct Graph
  {
    WayFinder& finder;
    FixRoutes& routes;
  };

  Result<>
  add(const LockedFile& file, const Entries& entries, const Index& index, const Matches& matches, const Graph& graph)
  {
    const Package& package = entries.package;
    const auto fixed_in = lowest_clean_version(index, package.ecosystem, package.name, package.version);
    const FormerAdvisories before = former_ ? former_->advisories(package, index) : FormerAdvisories();
    const Ways ways = graph.finder.ways_to(entries.ids, most_ways);
    without_ways_ += ways.is_told ? 0 : 1;
    const FixRoute route = graph.routes.to(entries.ids, fixed_in);
    for (AdvisoryGroup& group : grouped(index, matches.affected)) {
      Hit hit;
      hit.file = &file;
      hit.entries = entries;
      TRY_ASSIGN(hit.exploitation, exploits_->find(group.names()));
      for (const AdvisoryGroup& one : group.vulnerabilities) {
        TRY_ASSIGN(const auto exploitation, exploits_->find(one.names()));
        hit.parts.push_back({one, exploitation});
      }
      hit.fixed_in = fixed_in;
      hit.ways = ways;
      hit.route = route;
      for (const std::string& id : group.ids) {
        if (const auto known = before.find(id); known != before.end()) {
          hit.former.insert(known->second.begin(), known->second.end());
        }
      }
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
    // What a service answers about some names has no former size.
    if (database_.service().empty() && index->records() * 2 <= index->previous_records()) {
      audit_.gaps.push_back({GapKind::no_data, fmt::format("advisories for {}", ecosystem),
                             fmt::format("there are {} where there were {}", with_thousands(index->records()),
                                         with_thousands(index->previous_records())),
                             "Look at where they came from, and import them anew"});
    }
    return {};
  }

  void
  tell_missing()
  {
    const std::string& service = database_.service();
    for (const auto& [ecosystem, packages] : missing_) {
      audit_.gaps.push_back({GapKind::no_data, fmt::format("advisories for {}", ecosystem),
                             fmt::format("{}, and {} of it cannot be judged",
                                         service.empty() ? "the database has none" : service + " gave none",
                                         counted(packages, "package", "packages")),
                             service.empty() ? "Get them with `sluice deps db update` or `sluice deps db import`"
                                             : "Judge by a database, which `sluice deps db update` or `sluice deps db "
                                               "import` makes, in place of --online"});
    }
  }

  void
  rule_on_hits()
  {
    IgnoreList ignores(audit_.options->ignore, audit_.today);
    excuse(audit_, [&ignores](const Hit& hit) {
      return ignores.ruling(hit.group.own_names(), hit.entries.package.name, hit.file->list.path);
    });
    // What was asked of before must not count as a use of a rule.
    RuleList former_policy(audit_.options->rules);
    for (Hit& hit : audit_.hits) {
      if (hit.ruling.kind != OwnRuling::Kind::ignore) {
        hit.ruling = policy_.decide(facts_of(hit), audit_.today);
      }
      hit.is_older = was_ruled_so(hit, former_policy);
    }
    for (const std::vector<std::string>& notices : {policy_.notices(audit_.today), ignores.notices()}) {
      audit_.notices.insert(audit_.notices.end(), notices.begin(), notices.end());
    }
  }

  /// What passed where it was needed for development alone is brought by the change that ships it.
  [[nodiscard]] bool
  was_ruled_so(const Hit& hit, RuleList& policy) const
  {
    if (hit.ruling.kind != OwnRuling::Kind::fail) {
      return !hit.former.empty();
    }
    return std::any_of(hit.former.begin(), hit.former.end(), [&](const auto& standing) {
      PolicyFacts facts = facts_of(hit);
      std::tie(facts.scope, facts.is_direct) = standing;
      return policy.decide(facts, audit_.today).kind == OwnRuling::Kind::fail;
    });
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
    std::string why = is_none ? fmt::format("{} is no version of {}", package.version, package.ecosystem)
                              : "an advisory names versions that cannot be compared";
    std::string fix = is_none ? "Lock the package to a version" : "";
    if (package.ecosystem == "GitHub Actions") {
      why = fmt::format("what {} names is its owner's to change", package.version);
      fix = "Pin a commit, with the full version in a comment";
    }
    audit_.gaps.push_back({GapKind::unjudged,
                           fmt::format("{}:{} {}@{}", file.list.path, package.line, package.name, package.version),
                           fmt::format("{}, so whether {} {} it cannot be told", why, join(ids, ", "),
                                       ids.size() == 1 ? "is about" : "are about"),
                           std::move(fix)});
  }

  const Database& database_;
  Audit& audit_;
  RuleList policy_;
  ManifestLines lines_;
  std::optional<Exploits> exploits_;
  std::optional<FormerPackages> former_;  ///< of the file that is judged
  Asked asked_;                           ///< of the package before
  std::uint64_t can_fail_ = 0;
  std::uint64_t without_ways_ = 0;
  std::map<std::string, std::uint64_t> missing_;
  // What a change leaves as it was brings nothing, and then missing or old advisories hold up no commit.
  std::map<std::string, std::uint64_t> older_;
  std::set<std::string, std::less<>> changed_;
  std::set<const Index*> told_of_;
};

}  // namespace

bool
can_be_judged(const Package& package)
{
  return package.part == Part::third_party && !package.version.empty() && !package.ecosystem.empty()
         && !is_own_directory(package);
}

Result<Audit>
audit(const LockedFiles& locked, const Database& database, const DepsOptions& options, Date today)
{
  Audit audit;
  audit.options = &options;
  audit.locked = &locked;
  audit.today = today;
  TRY(Auditor(database, audit).run());
  TRY_ASSIGN(YoungReleases young, young_releases(locked, database, options.min_release_age, today));
  audit.young = std::move(young.releases);
  audit.gaps.insert(audit.gaps.end(), young.gaps.begin(), young.gaps.end());
  audit.licences = audit_licences(locked, options.licences, today);
  audit.gaps.insert(audit.gaps.end(), audit.licences.gaps.begin(), audit.licences.gaps.end());
  audit.notices.insert(audit.notices.end(), audit.licences.notices.begin(), audit.licences.notices.end());
  return audit;
}

}  // namespace sluice::deps
