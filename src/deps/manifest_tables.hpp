// SPDX-License-Identifier: Apache-2.0
//
// Which tables of a manifest name packages.
#pragma once

#include "base/text.hpp"
#include "data/data.hpp"
#include "deps/package.hpp"
#include "deps/version_text.hpp"

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

/// The next application that mix.exs, which is code, names: "{:name, …". `rest` then begins at its comma; empty if
/// there is no more.
[[nodiscard]] inline std::string_view
next_in_mix_exs(std::string_view& rest)
{
  for (std::size_t at = rest.find("{:"); at != std::string_view::npos; at = rest.find("{:")) {
    rest.remove_prefix(at + 2);
    const std::string_view name = take_while(rest, [](char c) { return is_alphanumeric(c) || c == '_'; });
    if (!name.empty() && rest.starts_with(',')) {
      return name;
    }
  }
  return {};
}

}  // namespace sluice::deps
