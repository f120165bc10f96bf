// SPDX-License-Identifier: Apache-2.0
#include "deps/release_age.hpp"

#include "base/text.hpp"
#include "deps/advisories/matching.hpp"
#include "deps/lock_finding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>

namespace sluice::deps {

namespace {

std::chrono::sys_days
days_of(Date date)
{
  return std::chrono::year(date.year) / date.month / date.day;
}

class Finder
{
public:
  Finder(const Database& database, std::int64_t least, Date today, YoungReleases& result)
      : database_(database),
        least_(least),
        today_(days_of(today)),
        result_(result)
  {}

  Result<>
  look(const LockedFile& file)
  {
    const EarlierPackages earlier(file);
    std::vector<PackageId> undated;
    for (const PackageId id : packages_that(file.list, [](const Package& package) {
           return package.source == Source::registry && !package.version.empty();
         })) {
      const Package& package = file.list.packages()[id];
      if (earlier.has_version(package)) {
        continue;
      }
      const auto published = parse_date(package.published.substr(0, 10));
      const std::int64_t days = published ? (today_ - days_of(*published)).count() : 0;
      if (published && days >= least_) {
        continue;
      }
      TRY_ASSIGN(const bool is_fix, fixes(package, earlier.named(package)));
      if (!is_fix && published) {
        result_.releases.push_back({&file, id, days});
      } else if (!is_fix) {
        undated.push_back(id);
      }
    }
    tell_undated(file, undated);
    return {};
  }

private:
  Result<std::set<std::string>>
  ids_of(const Package& package)
  {
    std::set<std::string> ids;
    TRY_ASSIGN(const Index* index, database_.index(package.ecosystem));
    if (index == nullptr) {
      return ids;
    }
    for (const index::Affected& row : rows_about(*index, package.ecosystem, package.name, package.version).affected) {
      ids.emplace(index->text(index->advisory(row.advisory).id));
    }
    if (!index->damage().empty()) {
      return fail(ErrorKind::unavailable, "{}", index->damage());
    }
    return ids;
  }

  /// Whether the version is without an advisory that one before had.
  Result<bool>
  fixes(const Package& package, std::span<const Package* const> before)
  {
    if (before.empty()) {
      return false;
    }
    TRY_ASSIGN(const std::set<std::string> now, ids_of(package));
    for (const Package* each : before) {
      TRY_ASSIGN(const std::set<std::string> ids, ids_of(*each));
      if (!std::includes(now.begin(), now.end(), ids.begin(), ids.end())) {
        return true;
      }
    }
    return false;
  }

  void
  tell_undated(const LockedFile& file, const std::vector<PackageId>& undated)
  {
    if (undated.empty()) {
      return;
    }
    result_.gaps.push_back(
        {GapKind::no_data, file.list.path,
         fmt::format("it does not tell when {} that the change brings {} published: {}",
                     counted(undated.size(), "version", "versions"), undated.size() == 1 ? "was" : "were",
                     printable(names_of(file.list, undated))),
         "Have the package manager keep to the age when it resolves (npm min-release-age, pnpm minimumReleaseAge), and "
         "accept gaps of this kind, or set `deps: min-release-age: 0`"});
  }

  const Database& database_;
  std::int64_t least_;
  std::chrono::sys_days today_;
  YoungReleases& result_;
};

}  // namespace

Result<YoungReleases>
young_releases(const LockedFiles& locked, const Database& database, std::int64_t least, Date today)
{
  YoungReleases result;
  Finder finder(database, least, today, result);
  for (const LockedFile& file : locked.files) {
    if (least > 0 && locked.is_change && !file.is_unchanged && file.format->purpose == Purpose::install) {
      TRY(finder.look(file));
    }
  }
  return result;
}

}  // namespace sluice::deps
