// SPDX-License-Identifier: Apache-2.0
//
// Which tables of a manifest name packages.
#pragma once

#include "deps/data.hpp"
#include "deps/package.hpp"

#include <array>
#include <string_view>

namespace sluice::deps {

/// Of Cargo.toml, at its top, in `workspace` and in each of `target` (doc.rust-lang.org/cargo, "The Manifest Format").
/// Before Cargo 1.0 two had an underscore; they are still read where the newer is not there.
struct CargoTable
{
  std::string_view key, old_key;
  Scope scope;
};
inline constexpr std::array<CargoTable, 3> cargo_tables{{{"dependencies", "dependencies", Scope::runtime},
                                                         {"dev-dependencies", "dev_dependencies", Scope::dev},
                                                         {"build-dependencies", "build_dependencies", Scope::build}}};

[[nodiscard]] inline Value
cargo_table(Value parent, const CargoTable& table)
{
  const Value found = parent[table.key];
  return found ? found : parent[table.old_key];
}

/// Every table of a Pipfile but Pipenv's own is a category of packages.
[[nodiscard]] inline bool
is_pipfile_category(Value table)
{
  const std::string_view key = table.key();
  return table.is_table() && key != "source" && key != "requires" && key != "scripts" && key != "pipenv";
}

}  // namespace sluice::deps
