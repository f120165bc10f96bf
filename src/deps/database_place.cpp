// SPDX-License-Identifier: Apache-2.0
#include "deps/database_place.hpp"

#include "base/path.hpp"
#include "base/shell.hpp"
#include "base/text.hpp"
#include "deps/advisories/manifest.hpp"

#include <fmt/format.h>

namespace sluice::deps {

namespace fs = std::filesystem;

namespace {

/// That makes a database at this place, wherever it is called.
std::string
command_for(const DepsOptions& options, const fs::path& place)
{
  return options.db.empty() ? "sluice deps db update"
                            : fmt::format("sluice deps db update --db {}", shell_word(place.string()));
}

}  // namespace

Result<fs::path>
database_place(const DepsOptions& options, const gate::Input& input)
{
  if (!options.db.empty()) {
    return fs::path(options.db);
  }
  if (input.cache.empty()) {
    return fail(ErrorKind::usage, "--db DIR is needed: the directory of the advisory database. Without it that is "
                                  "sluice/advisories in $XDG_CACHE_HOME or ~/.cache, and neither is known here");
  }
  return input.cache / "advisories";
}

Result<Database>
open_database(const DepsOptions& options, const gate::Input& input)
{
  const auto place = database_place(options, input);
  if (!place) {
    return fail(ErrorKind::unavailable, "{}", place.error().message);
  }
  TRY_ASSIGN(const bool is_found, is_there(*place));
  if (is_found && !options.db_key.empty()) {
    TRY(check_signed_database(*place, options.db_key));
  }
  return database_at(*place, options);
}

Result<Database>
database_at(const fs::path& place, const DepsOptions& options)
{
  TRY_ASSIGN(const bool is_found, is_there(place));
  if (!is_found) {
    return fail(ErrorKind::unavailable, "there is no advisory database in {}; get one with `{}`",
                printable(place.string()), command_for(options, place));
  }
  auto database = Database::open(place);
  if (!database) {
    return fail(ErrorKind::unavailable, "{}; get one with `{}`", database.error().message, command_for(options, place));
  }
  return database;
}

}  // namespace sluice::deps
