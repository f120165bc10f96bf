// SPDX-License-Identifier: Apache-2.0
//
// Findings about packages that need no advisory: what the lockfile alone tells.
#pragma once

#include "deps/rule.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace sluice::deps {

/// The packages that a file had before the change, by ecosystem and name. Must not outlive the file.
class EarlierPackages
{
public:
  /// More versions of one package than these are not compared with each other.
  static constexpr std::size_t most_of_one_name = 64;

  explicit EarlierPackages(const LockedFile& file);

  /// The first entries of that name, at whatever version.
  [[nodiscard]] std::span<const Package* const> named(const Package& package) const;
  /// Whether there was one of that name at that version.
  [[nodiscard]] bool has_version(const Package& package) const;

private:
  std::unordered_map<std::string, std::vector<const Package*>> by_name_;
  std::unordered_set<std::string> versions_;
};

/// What is wrong with some packages of a file in the same way.
struct PackageReport
{
  std::vector<PackageId> packages;  ///< the first entry of each that is to be told
  std::string one, many;            ///< what one has, "has no integrity", and several, "have no integrity"
  std::string danger;               ///< what happens, a clause
  std::string help;
  std::optional<Severity> severity;
  std::optional<OwnRuling> ruling;
  std::vector<Fact> facts;
  std::string_view aspect = {};  ///< tells findings of one rule about one package apart
  /// Whether an earlier entry of the name had the same wrong as that of now; empty: what is told is what the change
  /// did, and whoever accepts it accepts this version with this content from this place.
  std::function<bool(const Package& before, const Package& now)> was_so;
};

/// Makes the findings of a rule about one file. Must not outlive what it is made of.
class LockReporter
{
public:
  LockReporter(const Rule& rule, const LockedFile& file, std::vector<Finding>& found)
      : rule_(rule),
        file_(file),
        found_(found)
  {}

  /// A finding for each package, or where they are more than five, one for all of them that the change brought and one
  /// for all others.
  void add(const PackageReport& report);

  [[nodiscard]] const EarlierPackages& earlier();

private:
  [[nodiscard]] bool was_so(const PackageReport& report, const Package& now);
  void add_one(const PackageReport& report, PackageId id, bool is_older);
  void add_many(const PackageReport& report, const std::vector<PackageId>& ids, bool is_older);
  [[nodiscard]] Finding begin(const PackageReport& report, const Package& first) const;

  const Rule& rule_;
  const LockedFile& file_;
  std::vector<Finding>& found_;
  std::optional<EarlierPackages> earlier_;
};

/// The packages of a file that `is_meant` takes, the first entry of each name, version, place and hash.
[[nodiscard]] std::vector<PackageId> packages_that(const PackageList& list,
                                                   const std::function<bool(const Package&)>& is_meant);

/// "a 1.0, b 2.0 and 3 others": at most five names.
[[nodiscard]] std::string names_of(const PackageList& list, const std::vector<PackageId>& packages);

}  // namespace sluice::deps
