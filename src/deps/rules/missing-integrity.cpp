// SPDX-License-Identifier: Apache-2.0
#include "deps/integrity.hpp"
#include "deps/lock_finding.hpp"

#include <algorithm>
#include <array>

namespace sluice::deps {

namespace {

bool
lacks_integrity(const Package& package)
{
  return package.source == Source::registry && !package.version.empty() && !package.may_lack_integrity
         && package.integrity.empty() && hashes_of(package).empty();
}

bool
has_integrity(const Package& package)
{
  return package.part == Part::third_party && package.source == Source::registry
         && (!package.integrity.empty() || !hashes_of(package).empty());
}

void
check(const Rule& rule, const Audit& audit, std::vector<Finding>& found)
{
  for (const LockedFile& file : audit.locked->files) {
    const auto packages = file.list.packages();
    if (file.format->hashed == Hashed::some || std::none_of(packages.begin(), packages.end(), has_integrity)) {
      continue;
    }
    LockReporter(rule, file, found)
        .add({.packages = packages_that(file.list, lacks_integrity),
              .one = "has no integrity, and others of the file have one",
              .many = "have no integrity, and others of the file have one",
              .danger = "whatever is served under that name and version is installed",
              .help = "Remove the entry from the lockfile and have it locked anew by the package manager",
              .severity = {},
              .ruling = OwnRuling{OwnRuling::Kind::warn, "a missing hash is no proof of an attack"},
              .facts = {},
              .was_so = [](const Package& before, const Package& /*now*/) { return lacks_integrity(before); }});
  }
}

constexpr std::array<std::string_view, 1> references{
    "https://docs.npmjs.com/cli/configuring-npm/package-lock-json#packages"};
constexpr std::array<std::string_view, 1> tags{"supply-chain"};

}  // namespace

extern const Rule rule_missing_integrity{
    .meta =
        {.id = "missing-integrity",
         .title = "A locked package has no hash",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(An entry of a lockfile is of a registry and has no hash, while others of the same file have one. It warns and
fails nothing; an entry that lost its hash in the change is `changed-integrity`. Of a file without any hash a notice
tells.)",
              .why =
                  R"(A lockfile without the hash fixes a name and a number. What is installed is what the registry, a mirror or a cache
serves under them on that day.)",
              .instead = R"(Have the entry locked anew by the package manager.)",
              .known_problems =
                  R"(What a package bundles, packages of other platforms in Yarn's lockfile, and sources without a registry have no
hash by nature and are left out.)",
              .references = references},
         .severity = Severity::low,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::deps
