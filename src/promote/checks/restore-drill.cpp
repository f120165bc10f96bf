// SPDX-License-Identifier: Apache-2.0
#include "base/clock.hpp"
#include "promote/backup/backup.hpp"
#include "promote/check.hpp"
#include "promote/json_members.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace {

constexpr std::string_view item{"restore drill"};

/// When a backup of the environment was last restored: before a promotion, or by people who vouch for it.
std::optional<std::chrono::sys_seconds>
last_restore(const EnvironmentState& here)
{
  std::optional<std::chrono::sys_seconds> last;
  const auto take = [&last](std::optional<std::chrono::sys_seconds> time) { last = std::max(last, time); };
  for (const Promotion& promotion : here.promotions) {
    if (const Step* backup = promotion.step("backup")) {
      take(time_of(backup->body["backup"], "proven"));
    }
  }
  for (const Word& word : here.attestations) {
    if (text_of(word.entry.body, "item") == item) {
      take(word.entry.at);
    }
  }
  return last;
}

std::vector<Ruling>
judge(const Situation& situation)
{
  const DatabaseBackup& backup = situation.stage.database_backup;
  if (backup.drill_max_age.count() == 0) {
    return {};
  }
  if (!backup.scratch.empty()) {
    return {{.why = "its own backup is restored before anything is changed"}};
  }
  const auto last = last_restore(situation.here());
  if (const auto why = overdue_drill(backup, last, situation.now)) {
    return {{.answer = Answer::no,
             .why = *why,
             .fix = fmt::format("Restore a backup, then: sluice promote attest \"{}\" --environment {}", item,
                                situation.environment)}};
  }
  return {{.why = fmt::format("a backup was restored at {}", rfc3339(*last))}};
}

}  // namespace

extern const Check check_restore_drill{
    .id = "restore-drill",
    .topic = Topic::release,
    .title = "a backup was restored lately",
    .doc = "With `database_backup.drill_max_age` a backup of the environment must have been restored no longer ago: by "
           "a promotion that proved its own, which one with `scratch` always does, or by people, who attest it.",
    .waivable = std::nullopt,
    .judge = judge};

}  // namespace sluice::promote
