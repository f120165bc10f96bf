// SPDX-License-Identifier: Apache-2.0
#include "deps/options.hpp"

#include "base/signature.hpp"
#include "base/text.hpp"
#include "deps/advisories/server_address.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace sluice::deps {

namespace {

// What can make the gate look elsewhere or away is no change's own to set.
using config::Trust;

void
describe_database(DepsOptions& options, config::OptionTable& table)
{
  table.text(options.db, {.key = "db",
                          .value = "DIR",
                          .help = "The directory of the advisory database, which `sluice deps db update` makes; by "
                                  "default sluice/advisories in $XDG_CACHE_HOME or ~/.cache.",
                          .trust = Trust::base_ref,
                          .holds = config::Holds::place});
  table.text(options.db_key, {.key = "db-key",
                              .value = "KEY",
                              .help = "The public key, as `openssl pkey -pubout` prints it or the one line between its "
                                      "dashes, by which the database must be signed.",
                              .trust = Trust::base_ref});
  table.toggle(options.update_advisories, {.key = "update-advisories",
                                           .help = "Bring the advisories up to date over the network before judging.",
                                           .trust = Trust::operator_only});
  table.text(options.update_from, {.key = "update-from",
                                   .value = "URL|DIR",
                                   .help = "Where advisories are brought up to date from; by default OSV's bulk data.",
                                   .trust = Trust::base_ref,
                                   .holds = config::Holds::place});
  table.text(options.kev_from,
             {.key = "kev-from",
              .value = "URL",
              .help = "Where CISA's catalogue of what is exploited is fetched from when the advisories "
                      "are; by default from CISA if they come from OSV, else not at all, as with none.",
              .trust = Trust::base_ref});
  table.text(options.epss_from, {.key = "epss-from",
                                 .value = "URL",
                                 .help = "The same of FIRST's scores (EPSS), as CSV or its gzip.",
                                 .trust = Trust::base_ref});
}

void
describe_online(DepsOptions& options, config::OptionTable& table)
{
  table.toggle(options.online, {.key = "online",
                                .help = "Ask osv.dev for the advisories instead of a database, which is neither read "
                                        "nor brought up to date. It is told the names of public packages, and no "
                                        "versions; what it is not told is a gap.",
                                .trust = Trust::operator_only});
  table.text(options.api, {.key = "api",
                           .value = "URL",
                           .help = "The service that is asked online, with OSV's API; by default https://api.osv.dev.",
                           .trust = Trust::operator_only});
  table.list(options.private_packages,
             {.key = "private-packages",
              .value = "GLOB",
              .help = "Names of packages, or globs of them, that are told to nobody, also where the lockfile does not "
                      "say that they are of your own registry.",
              .trust = Trust::base_ref});
}

void
describe_judgement(DepsOptions& options, config::OptionTable& table)
{
  table.list(options.exclude,
             {.key = "exclude",
              .value = "GLOB",
              .help = "Lockfiles that are not judged, from the root of the repository; the report names them.",
              .trust = Trust::base_ref});
  table.records(options.rules,
                {.key = "rules",
                 .value = "ENTRY",
                 .help = "What a vulnerability means, the first rule that fits decides; by default malware "
                         "and what is exploited fail, and at runtime what is critical, and what is "
                         "high and has a fix; all else warns.",
                 .trust = Trust::base_ref});
  table.stands_for(default_rules());
  table.records(options.ignore,
                {.key = "ignore",
                 .value = "ENTRY",
                 .help = "Vulnerabilities that are accepted, each by any of its names, with a reason and "
                         "a last day.",
                 .trust = Trust::base_ref});
  table.number(options.max_age, 0, 3650,
               {.key = "max-age",
                .value = "DAYS",
                .help = "Days after which an index of advisories is a gap; 0: never.",
                .trust = Trust::base_ref});
}

void
describe_locked(DepsOptions& options, config::OptionTable& table)
{
  table.list(options.registries,
             {.key = "registries",
              .value = "HOST",
              .help = "Hosts that are as good as the public registry of an ecosystem: the company's own, a mirror, or "
                      "one owner's repositories as HOST/OWNER/*.",
              .trust = Trust::base_ref});
  table.choice(options.new_packages, {.key = "new-packages",
                                      .help = "What becomes of packages that the base does not have: the report lists "
                                              "them, or each needs to be approved.",
                                      .trust = Trust::base_ref});
  table.list(options.approved_packages, {.key = "approved-packages",
                                         .value = "NAME",
                                         .help = "Names, or globs of them, that may come in where new packages need "
                                                 "to be approved, and that near-name does not take for a slip.",
                                         .trust = Trust::base_ref});
  table.number(options.min_release_age, 0, 3650,
               {.key = "min-release-age",
                .value = "DAYS",
                .help = "Days that a version must be published before a change may lock it; 0: any. A security fix may "
                        "be younger, and a lockfile that carries no time is a gap.",
                .trust = Trust::base_ref});
  table.record(options.licences,
               {.key = "licences",
                .value = "POLICY",
                .help = "Which licences pass, where the lockfile or a bill of materials tells of them.",
                .trust = Trust::base_ref});
  table.list(options.vex, {.key = "vex",
                           .value = "PATH",
                           .help = "VEX documents of the repository (OpenVEX, CSAF, CycloneDX), or globs of them; of a "
                                   "change under test the base branch's count.",
                           .trust = Trust::base_ref,
                           .holds = config::Holds::paths});
}

/// What is asked is told to nobody on the way. The service's paths are put behind the address.
void
check_api(const std::string& api, config::OptionChecks& checks)
{
  const auto checked = api.empty() ? Result<>() : check_server(api);
  if (!checked) {
    checks.refuse("api", fmt::format("is no address of a service: {}", checked.error().message));
  } else if (api.find_first_of("?#") != std::string::npos) {
    checks.refuse("api", "is no address of a service, which ends before any ? and #");
  }
}

void
check_online(const DepsOptions& options, config::OptionChecks& checks)
{
  check_api(options.api, checks);
  if (options.online && !options.db.empty()) {
    checks.refuse("online", "judges without a database, and `db` names one: leave out one of the two");
  }
  if (options.online && !options.db_key.empty()) {
    checks.refuse("online", "asks a service that signs nothing, and `db-key` demands a signature: leave out one of "
                            "the two");
  }
  for (std::size_t i = 0; i < options.private_packages.size(); ++i) {
    if (options.private_packages[i].empty()) {
      checks.refuse({"private-packages", i}, "is empty, and no name is");
    }
  }
}

void
check_exploit_source(const std::string& from, std::string_view key, config::OptionChecks& checks)
{
  const auto checked = from.empty() || from == no_exploits ? Result<>() : check_server(from);
  if (!checked) {
    checks.refuse(key, fmt::format("is neither an https address nor none: {}", checked.error().message));
  }
}

}  // namespace

void
check_source(const std::string& from, std::string_view key, config::OptionChecks& checks)
{
  std::error_code failed;
  if (from.find("://") != std::string::npos) {
    if (const auto checked = check_server(from); !checked) {
      checks.refuse(key, fmt::format("is no server that advisories can be had from: {}", checked.error().message));
    }
  } else if (!from.empty() && !std::filesystem::is_directory(from, failed)) {
    checks.refuse(key, fmt::format("is neither an https address nor a directory that is there: {}", printable(from)));
  }
}

void
describe(DepsOptions& options, config::OptionTable& table)
{
  describe_database(options, table);
  describe_online(options, table);
  describe_judgement(options, table);
  describe_locked(options, table);
}

void
check(const DepsOptions& options, config::OptionChecks& checks)
{
  check_source(options.update_from, "update-from", checks);
  check_exploit_source(options.kev_from, "kev-from", checks);
  check_exploit_source(options.epss_from, "epss-from", checks);
  check_online(options, checks);
  // Not asked about a key that is not set, for the first question loads libcrypto.
  if (!options.db_key.empty()) {
    if (const auto key = check_public_key(options.db_key); !key) {
      checks.refuse("db-key", fmt::format("is {}", key.error().message));
    }
  }
  check(options.rules, checks);
  check(options.licences, checks);
  for (std::size_t i = 0; i < options.registries.size(); ++i) {
    const std::string& host = options.registries[i];
    if (host.empty() || host.find(':') != std::string::npos || host.ends_with('/')) {
      checks.refuse({"registries", i},
                    "is no host such as npm.example.com, or host and path such as example.com/team/*, "
                    "without scheme, port and final slash");
    }
  }
  for (std::size_t i = 0; i < options.vex.size(); ++i) {
    if (const std::filesystem::path path(options.vex[i]);
        path.empty() || path.is_absolute() || path.lexically_normal().begin()->string() == "..") {
      checks.refuse({"vex", i}, "is not a path within the repository");
    }
  }
}

}  // namespace sluice::deps
