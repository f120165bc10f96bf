// SPDX-License-Identifier: Apache-2.0
#include "deps/address.hpp"
#include "deps/integrity.hpp"
#include "deps/lock_finding.hpp"

#include <array>

namespace sluice::deps {

namespace {

bool
is_insecure(const Package& package)
{
  return is_unencrypted(package.location);
}

/// Whether the lockfile would notice that something else came. A commit is no hash that is compared with what came by
/// every tool, and it is SHA-1.
bool
is_vouched_for(const Package& package)
{
  const auto hashes = hashes_of(package);
  return package.source != Source::git && !hashes.empty() && !is_weak(hashes);
}

void
report(const Rule& rule, const LockedFile& file, bool is_vouched, std::vector<Finding>& found)
{
  LockReporter(rule, file, found)
      .add({.packages = packages_that(
                file.list,
                [is_vouched](const Package& each) { return is_insecure(each) && is_vouched_for(each) == is_vouched; }),
            .one = "is fetched without encryption",
            .many = "are fetched without encryption",
            .danger = is_vouched
                          ? "who is on the way sees what is installed and can hold it back, and puts something else in "
                            "its place when the hash is written anew"
                          : "who is on the way puts something else in its place, and its code runs where it is "
                            "installed",
            .help = "Have it fetched by https or ssh, and lock it anew",
            .severity = is_vouched ? std::optional(Severity::medium) : std::nullopt,
            .ruling = {},
            .facts = {},
            .was_so = [](const Package& before, const Package& now) {
              return is_insecure(before) && (!is_vouched_for(before) || is_vouched_for(now));
            }});
}

void
check(const Rule& rule, const Audit& audit, std::vector<Finding>& found)
{
  for (const LockedFile& file : audit.locked->files) {
    if (file.format->purpose == Purpose::install) {
      report(rule, file, false, found);
      report(rule, file, true, found);
    }
  }
}

constexpr std::array<std::string_view, 1> references{"https://cwe.mitre.org/data/definitions/494.html"};
constexpr std::array<std::string_view, 1> tags{"supply-chain"};

}  // namespace

extern const Rule rule_insecure_source{
    .meta =
        {.id = "insecure-source",
         .title = "A locked package is fetched without encryption",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(An entry of a lockfile names an address of `http:`, `git:`, `ftp:` or `svn:`. Where a hash of SHA-256 or better
vouches for the content, it is of severity medium. Addresses of the machine itself are left out.)",
              .why =
                  R"(Anyone between the machine that installs and the one that serves can put something else in place of the package.)",
              .instead = R"(Name the source by `https:` or `ssh:` and lock the package anew.)",
              .references = references},
         .severity = Severity::high,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::deps
