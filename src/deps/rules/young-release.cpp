// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "deps/lock_finding.hpp"

#include <fmt/format.h>

#include <array>

namespace sluice::deps {

namespace {

std::string
age_words(std::int64_t days)
{
  if (days < 0) {
    return fmt::format("was published on a day that is {} ahead",
                       counted(static_cast<std::uint64_t>(-days), "day", "days"));
  }
  return days == 0 ? "was published today"
                   : fmt::format("was published {} ago", counted(static_cast<std::uint64_t>(days), "day", "days"));
}

void
check(const Rule& rule, const Audit& audit, std::vector<Finding>& found)
{
  const std::int64_t least = audit.options->min_release_age;
  for (const YoungRelease& each : audit.young) {
    const Package& package = each.file->list.packages()[each.id];
    LockReporter(rule, *each.file, found)
        .add({.packages = {each.id},
              .one = fmt::format("{}, and must be {} old", age_words(each.days),
                                 counted(static_cast<std::uint64_t>(least), "day", "days")),
              .many = {},
              .danger = "a hijacked release is mostly found out within days, and this one may not have been looked at",
              .help = "Wait, or lock an older version",
              .severity = {},
              .ruling = {},
              .facts = {{"published", "published", std::string(package.published)}},
              .was_so = {}});
  }
}

constexpr std::array<std::string_view, 2> references{
    "https://docs.astral.sh/uv/concepts/resolution/#dependency-cooldowns",
    "https://pnpm.io/settings#minimumreleaseage"};
constexpr std::array<std::string_view, 1> tags{"supply-chain"};

}  // namespace

extern const Rule rule_young_release{
    .meta =
        {.id = "young-release",
         .title = "A change locks a version that is only just out",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(With `deps: min-release-age: DAYS`, a version that the base does not lock and that was published fewer days ago.
The lockfile must carry the time: `uv.lock` (revision 2 and later), `pylock.toml` and `composer.lock` do, and every other one that
locks something new is a gap. A version without an advisory that the base's version has is a security fix and may be
younger.)",
              .why =
                  R"(Most malicious releases are found and removed within days of their publication. Whoever waits meets few of them.)",
              .instead = R"(Wait until the version is old enough, or lock the one before.)",
              .known_problems =
                  R"(The time is what the lockfile says; whoever writes the lockfile by hand can say another.)",
              .references = references},
         .severity = Severity::medium,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::deps
