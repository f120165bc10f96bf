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
#include <vector>

namespace sluice::deps {

/// The packages that a file had before the change, by ecosystem and name. Must not outlive the file.
class EarlierPackages
{
public:
  explicit EarlierPackages(const LockedFile& file);

  /// All entries of that name, at whatever version.
  [[nodiscard]] std::span<const Package* const> named(const Package& package) const;

private:
  std::unordered_map<std::string, std::vector<const Package*>> by_name_;
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
  /// Whether an earlier entry of the name had the same wrong as that of now; empty: what is told is what the change
  /// did.
  std::function<bool(const Package& before, const Package& now)> was_so;
};

/// A finding for each package, or where they are more than five, one for all of them that the change brought and one
/// for all others.
void report_packages(const Rule& rule, const LockedFile& file, const PackageReport& report,
                     std::vector<Finding>& found);

/// The packages of a file that `is_meant` takes, the first entry of each name and version.
[[nodiscard]] std::vector<PackageId> packages_that(const PackageList& list,
                                                   const std::function<bool(const Package&)>& is_meant);

/// "a 1.0, b 2.0 and 3 others": at most five names.
[[nodiscard]] std::string names_of(const PackageList& list, const std::vector<PackageId>& packages);

/// Whether the file is one of a format that tells where packages are from or by which hash, for whoever installs them:
/// a bill of materials only repeats what others wrote.
[[nodiscard]] bool is_installed_from(const LockedFile& file);

}  // namespace sluice::deps
