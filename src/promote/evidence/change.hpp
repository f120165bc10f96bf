// SPDX-License-Identifier: Apache-2.0
//
// What a promotion would change: the way from the commit that is live to the one that is asked for, as git has it.
#pragma once

#include "git/object_id.hpp"
#include "promote/evidence/evidence.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sluice::promote {

/// How the commit stands to the one that is live.
enum class Course {
  first,     ///< nothing is live
  same,      ///< it is live
  forward,   ///< it comes after what is live
  backward,  ///< it came before what is live
  aside,     ///< neither: each has what the other has not
  unknown,   ///< the clone does not hold both, or there is no repository
};

[[nodiscard]] Course course_of(const Situation& situation);

/// Whether every commit that `base` reaches is in what is live: then a report since `base` speaks of all that is new.
[[nodiscard]] bool is_in_live(const Situation& situation, std::string_view base);

/// "Name <mail>" of those who wrote what would come in, alone or with others (Co-authored-by), each once; of a first
/// release of its commit alone. Nothing: the clone does not hold all of it.
[[nodiscard]] std::optional<std::vector<std::string>> authors_of(const Situation& situation);

/// Files that the commit has and what is live has not, or not so: those in the directories that the report of the
/// migrations gate names, and those below a directory that is called for migrations. Nothing: it cannot be told.
[[nodiscard]] std::optional<std::vector<std::string>> pending_migrations(const Situation& situation,
                                                                         const SeenMigrations& seen);

/// A file of the commit; nothing if it has none there. Errors: there is no repository, or it cannot be read.
[[nodiscard]] Result<std::optional<std::string>> file_of(const Situation& situation, std::string_view commit,
                                                         std::string_view path);

}  // namespace sluice::promote
