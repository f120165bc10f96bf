// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/locked_files.hpp"
#include "deps/rule.hpp"
#include "finding/section.hpp"

#include <optional>
#include <vector>

namespace sluice::deps {

/// A package that no lockfile of the base names, at the first of its entries.
struct NewPackage
{
  const LockedFile* file = nullptr;  ///< never null
  PackageId id = 0;
};

/// By ecosystem and name, each once a file. None without something to compare with.
[[nodiscard]] std::vector<NewPackage> new_packages(const LockedFiles& locked);

/// Whether one of the `approved-packages` covers it.
[[nodiscard]] bool is_approved(const Package& package, const DepsOptions& options);

/// The new packages as a table; nothing if there are none. At most a thousand rows.
[[nodiscard]] std::optional<Section> new_packages_section(const LockedFiles& locked);

}  // namespace sluice::deps
