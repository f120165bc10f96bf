// SPDX-License-Identifier: Apache-2.0
#include "promote/window/window.hpp"

namespace sluice::promote {

void
describe(Window& window, config::OptionTable& table)
{
  using config::Trust;
  table.list(window.days, {.key = "days",
                           .value = "DAY",
                           .help = "Days of the week, mon to sun, on which it begins.",
                           .trust = Trust::base_ref});
  table.text(window.from, {.key = "from",
                           .value = "HH:MM",
                           .help = "When it begins on such a day, by the wall clock of the zone.",
                           .trust = Trust::base_ref});
  table.text(window.to, {.key = "to",
                         .value = "HH:MM",
                         .help = "When it ends; 24:00 is the end of the day, and before `from` is over midnight.",
                         .trust = Trust::base_ref});
  table.list(window.dates, {.key = "dates",
                            .value = "YYYY-MM-DD",
                            .help = "Single days, such as holidays; also a month and a day that come every year.",
                            .trust = Trust::base_ref});
  table.list(window.between, {.key = "between",
                              .value = "INSTANT",
                              .help = "Two instants of RFC 3339, the second not included.",
                              .trust = Trust::base_ref});
  table.list(window.cron, {.key = "cron",
                           .value = "EXPRESSION",
                           .help = "Two cron expressions of five fields: when it begins, and when it ends.",
                           .trust = Trust::base_ref});
  table.text(
      window.zone,
      {.key = "zone", .value = "ZONE", .help = "IANA time zone, such as Europe/Berlin.", .trust = Trust::base_ref});
  table.text(window.reason, {.key = "reason",
                             .value = "TEXT",
                             .help = "Why, for whoever is told that it is closed.",
                             .trust = Trust::base_ref});
}

}  // namespace sluice::promote
