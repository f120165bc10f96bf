// SPDX-License-Identifier: Apache-2.0
#include "promote/backup_setting.hpp"

namespace sluice::promote {

void
describe(DatabaseBackup& backup, config::OptionTable& table)
{
  using config::Trust;
  constexpr std::chrono::milliseconds longest = std::chrono::hours(24 * 366);
  table.text(backup.source, {.key = "source",
                             .value = "ADDRESS",
                             .help = "Address of the database that is dumped, or $NAME of a variable that has it.",
                             .trust = Trust::base_ref});
  table.text(backup.scratch, {.key = "scratch",
                              .value = "ADDRESS",
                              .help = "Address of a server on which the dump is restored, to be proven.",
                              .trust = Trust::base_ref});
  table.text(backup.file,
             {.key = "file",
              .value = "PATH",
              .help = "Where the dump is written: .sql, .sql.gz, or pg_dump's custom format; {time} is when.",
              .trust = Trust::base_ref});
  table.list(backup.dump, {.key = "dump",
                           .value = "WORD",
                           .help = "Words of a command that writes it; by default pg_dump does.",
                           .trust = Trust::base_ref});
  table.list(backup.schemas, {.key = "schemas",
                              .value = "NAME",
                              .help = "Schemas that are dumped and compared; by default all.",
                              .trust = Trust::base_ref});
  table.toggle(backup.empty_by_design,
               {.key = "empty_by_design", .help = "A database without a row is no fault.", .trust = Trust::base_ref});
  table.duration(backup.max_age, std::chrono::seconds(1), longest,
                 {.key = "max_age",
                  .value = "DURATION",
                  .help = "How old a dump may be that something else made.",
                  .trust = Trust::base_ref});
  table.number(backup.keep, 1, 1000,
               {.key = "keep", .value = "N", .help = "How many dumps are kept.", .trust = Trust::base_ref});
  table.duration(backup.drill_max_age, {}, longest,
                 {.key = "drill_max_age",
                  .value = "DURATION",
                  .help = "How long ago a restore may have been proven last; 0: not asked.",
                  .trust = Trust::base_ref});
  table.duration(backup.timeout, std::chrono::seconds(1), std::chrono::hours(24),
                 {.key = "timeout",
                  .value = "DURATION",
                  .help = "After which the dump, and the restore, are given up.",
                  .trust = Trust::base_ref});
}

}  // namespace sluice::promote
