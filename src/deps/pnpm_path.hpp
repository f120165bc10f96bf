// SPDX-License-Identifier: Apache-2.0
//
// The paths by which pnpm-lock.yaml keys its packages (lockfiles/pnpm.cpp has their forms).
#pragma once

#include "deps/data.hpp"
#include "deps/node_packages.hpp"

#include <optional>
#include <string_view>

namespace sluice::deps {

enum class PnpmKeys {
  slashes,   ///< 5.x
  at_signs,  ///< 6.x
  bare,      ///< 9.0
};

/// How a lockfile of a version writes them; nothing for one that is not known.
[[nodiscard]] std::optional<PnpmKeys> pnpm_keys_of_version(std::string_view version);

/// A path without the suffix of peers and patches.
[[nodiscard]] std::string_view without_pnpm_suffix(std::string_view path);

/// Name and version of a path; for what is not from the default registry it may hold an address instead of a version.
[[nodiscard]] NameAndRest split_pnpm_path(std::string_view path, PnpmKeys keys);

/// Whether the document is one for what pnpm itself needs.
[[nodiscard]] bool is_pnpm_environment(Value root);

}  // namespace sluice::deps
