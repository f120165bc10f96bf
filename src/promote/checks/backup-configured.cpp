// SPDX-License-Identifier: Apache-2.0
#include "promote/evidence.hpp"

namespace sluice::promote {

namespace {

/// Tells and does not stop: a database may be backed up where Sluice does not see it.
std::vector<Ruling>
judge(const Situation& situation)
{
  const bool has_backup = situation.stage.database_backup || situation.stage.hooks.backup;
  if (has_backup || brings_migrations(situation) != true) {
    return {};
  }
  return {{.why = "the change brings migrations, and no backup is taken before them",
           .fix = "Set database_backup or hooks.backup of the environment"}};
}

}  // namespace

extern const Check check_backup_configured{
    .id = "backup-configured",
    .topic = Topic::release,
    .title = "a backup before migrations",
    .doc = "Where the migrations gate saw migrations and the environment has neither `database_backup` nor a hook "
           "`backup`, that is told. It stops nothing, for backups may be taken elsewhere.",
    .waivable = std::nullopt,
    .judge = judge};

}  // namespace sluice::promote
