// SPDX-License-Identifier: Apache-2.0
#include "promote/rule.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

void
check(const Rule& rule, const WrittenStage& written, std::vector<Finding>& found)
{
  const Stage& stage = written.stage;
  if (stage.hooks.migrate && !stage.hooks.backup && !stage.database_backup) {
    Finding finding = finding_at(rule, written);
    finding.message =
        fmt::format("{} is migrated without a backup: what a migration destroys there is gone", written.name);
    finding.help = "add `database_backup` with `source` and `scratch`";
    found.push_back(std::move(finding));
  }
}

}  // namespace

extern const Rule rule_migration_without_backup{
    .meta =
        {.id = "migration-without-backup",
         .title = "A database is migrated without a backup before it",
         .since = "0.1.0",
         .doc =
             {.what =
                  "Finds an environment that has a hook `migrate` and neither a hook `backup` nor `database_backup`.",
              .why = "What a migration destroys is gone. A backup from last night lacks everything since.",
              .instead =
                  "Add `database_backup`, which takes a dump and proves it by restoring it, or a hook `backup`."},
         .severity = Severity::high,
         .confidence = Confidence::high,
         .tags = {},
         .tool = "promote"},
    .check = check};

}  // namespace sluice::promote
