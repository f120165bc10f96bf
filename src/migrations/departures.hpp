// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "migrations/loader.hpp"
#include "migrations/novelty.hpp"

#include <set>
#include <string>
#include <vector>

namespace sluice::migrations {

/// A migration of the base that the change has not, nor any statement of it.
struct Departure
{
  Novelty novelty;
  std::string path;  ///< relative to the directory that is judged
  std::string text;  ///< as the base had it
};

/// Those of `all` that really are gone, for a rule to report. Each of the others is a gap of `set`: it is not checked
/// out, lies behind a link or in a submodule, or was put where nobody looks for migrations. `read` are the paths of the
/// change's migrations.
[[nodiscard]] std::vector<Departure> judge_departures(const Reading& reading, std::vector<Departure> all,
                                                      const std::set<std::string>& read, ChangeSet& set);

/// Whether the tree has something at the path itself, which no link on its way leads to.
[[nodiscard]] bool is_at(const gate::FileTree& tree, const std::string& path);

}  // namespace sluice::migrations
