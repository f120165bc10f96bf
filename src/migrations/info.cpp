// SPDX-License-Identifier: Apache-2.0
#include "migrations/gate.hpp"

namespace sluice::migrations {

namespace {

constexpr std::array<gate::Example, 4> examples{{
    {"sluice-migrations", "every migration of this repository"},
    {"sluice-migrations --base origin/main", "only what this branch adds"},
    {"sluice-migrations --scope staged", "what the next commit would add, for a pre-commit hook"},
    {"sluice-migrations --paths db/changes --transaction per-file", "a directory of its own kind"},
}};

constexpr std::array<std::string_view, 2> fixture_arguments{"--paths", "."};

}  // namespace

const gate::Face&
face()
{
  static constexpr gate::Face face{
      {.name = "migrations",
       .question = "Will any pending migration lock, rewrite, break or lose data on the live database?",
       .description =
           "Parses each new migration with PostgreSQL's own grammar, knows from the earlier ones which tables exist, "
           "and reports what would block the running application, fail half-way or destroy data. Supabase's directory "
           "and plain directories of .sql files are found by themselves. A statement that cannot be understood is a "
           "gap.",
       .examples = examples,
       .scan = ScanType::none,
       .fixture_arguments = fixture_arguments,
       .fixture_note = {},
       .needs = {}},
      gate::make_options<MigrationsOptions>};
  return face;
}

}  // namespace sluice::migrations
