// SPDX-License-Identifier: Apache-2.0
#include "promote/gate_setting.hpp"

#include <algorithm>
#include <array>

namespace sluice::promote {

void
describe(Gate& gate, config::OptionTable& table)
{
  using config::Trust;
  table.text(gate.http, {.key = "http", .value = "URL", .help = "Must answer 2xx.", .trust = Trust::base_ref});
  table.text(gate.sql, {.key = "sql",
                        .value = "QUERY",
                        .help = "Its first value must be true, or a number above 0.",
                        .trust = Trust::base_ref});
  table.text(gate.database, {.key = "database",
                             .value = "ADDRESS",
                             .help = "Where `sql` is asked, or $NAME of a variable that has the address.",
                             .trust = Trust::base_ref});
  table.list(gate.command, {.key = "command",
                            .value = "WORD",
                            .help = "Exit status 0: yes; 75: a person must decide; any other: no.",
                            .trust = Trust::base_ref});
  table.text(gate.disk, {.key = "disk",
                         .value = "PATH",
                         .help = "Its file system must not be fuller than `below` per cent.",
                         .trust = Trust::base_ref});
  table.number(gate.below, 1, 100,
               {.key = "below", .value = "PERCENT", .help = "How full that may be.", .trust = Trust::base_ref});
  table.text(gate.attested, {.key = "attested",
                             .value = "ITEM",
                             .help = "What somebody must have attested for the commit.",
                             .trust = Trust::base_ref});
  table.text(
      gate.notified,
      {.key = "notified", .value = "WHO", .help = "Who must have been told of the commit.", .trust = Trust::base_ref});
  table.toggle(gate.ci, {.key = "ci",
                         .help = "The checks that the platform knows of the commit must have passed.",
                         .trust = Trust::base_ref});
  table.text(gate.changelog, {.key = "changelog",
                              .value = "PATH",
                              .help = "Must have changed since the release that is live.",
                              .trust = Trust::base_ref});
  table.duration(gate.max_age, {}, std::chrono::hours(24 * 366),
                 {.key = "max_age",
                  .value = "DURATION",
                  .help = "How long an attestation counts; 0: for ever.",
                  .trust = Trust::base_ref});
  table.duration(
      gate.timeout, std::chrono::seconds(1), std::chrono::hours(1),
      {.key = "timeout", .value = "DURATION", .help = "After which it could not be told.", .trust = Trust::base_ref});
}

namespace {

std::size_t
questions_of(const Gate& gate)
{
  const std::array<bool, 8> asked{
      !gate.http.empty(),     !gate.sql.empty(),      !gate.command.empty(),   !gate.disk.empty(),
      !gate.attested.empty(), !gate.notified.empty(), !gate.changelog.empty(), gate.ci};
  return static_cast<std::size_t>(std::count(asked.begin(), asked.end(), true));
}

}  // namespace

void
check_gates(const std::string& environment, const std::map<std::string, Gate>& gates, config::OptionChecks& checks)
{
  for (const auto& [name, gate] : gates) {
    const config::ValuePath place{"environments", environment, "gates", name};
    if (questions_of(gate) != 1) {
      checks.refuse(place, "needs one of http, sql, command, disk, attested, notified, changelog, ci, and no second");
    }
    if (gate.sql.empty() != gate.database.empty()) {
      checks.refuse(place, "needs both sql and database, or neither");
    }
  }
}

}  // namespace sluice::promote
