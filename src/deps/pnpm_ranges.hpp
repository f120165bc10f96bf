// SPDX-License-Identifier: Apache-2.0
//
// What a pnpm-lock.yaml tells of the ranges that are asked for: of projects all, since 6.0 beside the version and
// before in a table; of packages only those of their peers. A catalog is a range that several projects share by name.
#pragma once

#include "data/data.hpp"
#include "deps/package.hpp"

#include <string>
#include <string_view>
#include <unordered_map>

namespace sluice::deps {

class PnpmRanges
{
public:
  /// "catalogs" of the document.
  void add_catalogs(Value catalogs);
  void add_peers(PackageId package, Value peers);

  /// The ranges of a project are asked for next, which are in this table, if anywhere.
  void of_project(Value specifiers);
  void of_package(PackageId package);

  /// Empty where it is not told.
  [[nodiscard]] std::string_view range_of(std::string_view name) const;
  /// What a specifier stands for: itself, or what its catalog says of the package.
  [[nodiscard]] std::string_view resolved(std::string_view specifier, std::string_view name) const;

private:
  void set(Value table);

  std::unordered_map<std::string, std::string_view> catalogs_;  ///< by "catalog:name package"
  std::unordered_map<PackageId, Value> peers_;
  std::unordered_map<std::string_view, std::string_view> ranges_;  ///< that are asked for now
};

}  // namespace sluice::deps
