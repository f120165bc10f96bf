// SPDX-License-Identifier: Apache-2.0
#include "promote/commands/verb_options.hpp"

#include "base/clock.hpp"
#include "base/text.hpp"

#include <utility>

namespace sluice::promote {

namespace {

using config::Surface;

/// Of the option described last: nothing at all was not meant where a variable of the caller's that is not set stands
/// for it, and must not count as if the option were not there.
void
refuse_empty(config::OptionTable& table)
{
  config::Option& option = table.options().back();
  option.set = [set = std::move(option.set)](std::string_view value) -> Result<> {
    if (trim(value).empty()) {
      return fail(ErrorKind::config, "is empty: leave it away, or set the variable that it comes from");
    }
    return set(value);
  };
}

}  // namespace

void
describe(VerbOptions& options, config::OptionTable& table)
{
  table.text(options.environment, {.key = "environment",
                                   .value = "NAME",
                                   .help = "The environment of the pipeline that is meant.",
                                   .surface = Surface::flags});
  table.text(options.commit, {.key = "commit",
                              .value = "REV",
                              .help = "The commit that is promoted; by default the one that is checked out.",
                              .surface = Surface::flags});
  refuse_empty(table);
  table.list(options.evidence, {.key = "evidence",
                                .value = "FILE",
                                .help = "A JSON report or an attestation of another gate.",
                                .surface = Surface::flags,
                                .holds = config::Holds::place});
  table.text(options.reason,
             {.key = "reason", .value = "TEXT", .help = "Why; it is kept in the ledger.", .surface = Surface::flags});
  table.toggle(options.force, {.key = "force",
                               .help = "Take the place of a run, or of a lock, that somebody else has.",
                               .surface = Surface::flags});
  table.toggle(options.again,
               {.key = "again", .help = "Promote it also if it is live already.", .surface = Surface::flags});
  table.choice(options.data, {.key = "data",
                              .value = "WHAT",
                              .help = "What becomes of the data if it is rolled back: keep, or restore from the "
                                      "backup that was proven.",
                              .surface = Surface::flags});
  table.toggle(options.emergency, {.key = "emergency",
                                   .help = "Do without approvals, windows and soak, and nothing else; needs "
                                           "--reason, and is listed until it is reviewed.",
                                   .surface = Surface::flags});
  table.toggle(options.park, {.key = "park",
                              .help = "Do not hold this job while something has to wait: end with 0, and `resume` in "
                                      "another.",
                              .surface = Surface::flags});
}

void
check(const VerbOptions& options, config::OptionChecks& checks)
{
  if (options.emergency && trim(options.reason).empty()) {
    checks.refuse("emergency", "needs --reason: why can it not wait?");
  }
}

void
describe(HistoryOptions& options, config::OptionTable& table)
{
  describe(static_cast<VerbOptions&>(options), table);
  table.toggle(options.verify, {.key = "verify",
                                .help = "Check the chain of entries, and that a run of ours could have written it.",
                                .surface = Surface::flags});
  table.toggle(options.dora, {.key = "dora",
                              .help = "Print how often, how quickly and how well the environment was changed.",
                              .surface = Surface::flags});
}

void
describe(StatusOptions& options, config::OptionTable& table)
{
  describe(static_cast<VerbOptions&>(options), table);
  table.toggle(
      options.probe,
      {.key = "probe", .help = "Look at what is live, too, and note what it came to.", .surface = Surface::flags});
}

void
describe(AttestOptions& options, config::OptionTable& table)
{
  describe(static_cast<VerbOptions&>(options), table);
  table.text(options.until,
             {.key = "until",
              .value = "WHEN",
              .help = "The last day on which it counts, or the moment from which it does not (RFC 3339); "
                      "by default it always does.",
              .surface = Surface::flags});
  refuse_empty(table);
}

void
check(const AttestOptions& options, config::OptionChecks& checks)
{
  check(static_cast<const VerbOptions&>(options), checks);
  if (!options.until.empty() && !end_of(options)) {
    checks.refuse("until", "is neither a day, YYYY-MM-DD, nor a moment, such as 2026-12-01T08:00:00Z");
  }
}

std::optional<std::chrono::sys_seconds>
end_of(const AttestOptions& options)
{
  if (const auto day = parse_date(options.until)) {
    const std::chrono::year_month_day date{std::chrono::year(day->year),
                                           std::chrono::month(static_cast<unsigned>(day->month)),
                                           std::chrono::day(static_cast<unsigned>(day->day))};
    return std::chrono::sys_days(date) + std::chrono::days(1);
  }
  const auto moment = parse_rfc3339(options.until);
  return moment ? std::optional(std::chrono::floor<std::chrono::seconds>(*moment)) : std::nullopt;
}

void
describe(RecordOptions& options, config::OptionTable& table)
{
  describe(static_cast<VerbOptions&>(options), table);
  table.text(options.promotion, {.key = "promotion",
                                 .value = "ID",
                                 .help = "The promotion that is meant, by the beginning of its id; by default the "
                                         "newest of --environment.",
                                 .surface = Surface::flags});
  refuse_empty(table);
}

}  // namespace sluice::promote
