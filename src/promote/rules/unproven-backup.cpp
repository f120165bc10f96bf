// SPDX-License-Identifier: Apache-2.0
#include "promote/rule.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

void
check(const Rule& rule, const WrittenStage& written, std::vector<Finding>& found)
{
  const Stage& stage = written.stage;
  if ((stage.hooks.backup && !stage.database_backup)
      || (stage.database_backup && stage.database_backup.scratch.empty())) {
    Finding finding = finding_at(rule, written);
    finding.message = fmt::format("the backup of {} is never restored, and may be worth nothing", written.name);
    finding.help = "name a server as `database_backup.scratch`";
    found.push_back(std::move(finding));
  }
}

}  // namespace

extern const Rule rule_unproven_backup{
    .meta = {.id = "unproven-backup",
             .title = "A backup is taken and never proven",
             .since = "0.1.0",
             .doc = {.what = "Finds an environment that has a hook `backup`, or a `database_backup` without `scratch`.",
                     .why = "A dump that was never restored may be cut off, empty, or of another database; that is "
                            "learnt on the day that it is needed.",
                     .instead = "Name as `database_backup.scratch` a server on which the dump is restored and compared "
                                "before anything is changed."},
             .severity = Severity::medium,
             .confidence = Confidence::high,
             .tags = {},
             .tool = "promote"},
    .check = check};

}  // namespace sluice::promote
