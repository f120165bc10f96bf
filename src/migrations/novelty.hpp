// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::migrations {

/// Whether databases have run a statement before the change.
enum class Age {
  fresh,   ///< none of the base's files has it
  merged,  ///< the base has it in the same migration
  moved,   ///< the base has it in a migration that is gone, so that a tool which goes by names runs it again
};

/// Of one file, against all that the base has.
struct Novelty
{
  std::vector<Age> statements;     ///< one for each of the script; empty: all are fresh
  std::vector<Age> foreign;        ///< likewise of what could not be parsed
  std::optional<std::string> was;  ///< the merged migration that it is, by its path; nothing: it is a new one
  std::vector<std::string> lost;   ///< what merged migrations said and it no longer does, a line each
  std::vector<std::string> taken;  ///< the other migrations that its statements come from, by their paths
  /// Whether the change still has the file. One that is gone has no statements, and lost all that it said.
  enum class Presence { there, gone } presence = Presence::there;

  [[nodiscard]] Age of_statement(std::size_t number) const;
  [[nodiscard]] Age of_foreign(std::size_t number) const;
  [[nodiscard]] bool brings_nothing() const;
  [[nodiscard]] bool has_fresh() const;
};

/// A file of the change, or of the base, by its path.
struct VersionedText
{
  std::string path;
  std::string_view text;
  enum class Place {
    among_migrations,
    other_directory,  ///< where the base had its migrations, and the change has not
    elsewhere,        ///< it is a migration only if the change has it, or a statement of it, among them
  } place = Place::among_migrations;
};

struct Novelties
{
  std::vector<Novelty> after;  ///< one for each file of the change
  /// Migrations of the base that no file of the change is or took a statement from.
  std::vector<Novelty> gone;
  std::uint64_t looks = 0;  ///< how often a file was held against another; of the order of files and statements
};

/// What is new in each of `after`, which are the files of the change that the base does not have just so. `before` are
/// those of the base that the change does not have just so: edited, or gone. The rest of both is equal.
[[nodiscard]] Novelties novelties(const std::vector<VersionedText>& before, const std::vector<VersionedText>& after);

/// What a tool knows a migration by: the digits that its name begins with, else its name; of `1_x/up.sql` the same of
/// its directory with the name of the file.
[[nodiscard]] std::string version_of(std::string_view path);

}  // namespace sluice::migrations
