// SPDX-License-Identifier: Apache-2.0
#include "base/shell.hpp"
#include "base/text.hpp"
#include "deps/lock_finding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::deps {

namespace {

/// What the earlier entries of a name tell of a package that has a script now.
enum class Earlier { has_script, same_version, other_version, none };

Earlier
earlier_of(std::span<const Package* const> before, const Package& now)
{
  if (before.empty()) {
    return Earlier::none;
  }
  if (std::any_of(before.begin(), before.end(), [](const Package* each) { return each->has_install_script; })) {
    return Earlier::has_script;
  }
  const bool is_same =
      std::any_of(before.begin(), before.end(), [&now](const Package* each) { return each->version == now.version; });
  return is_same ? Earlier::same_version : Earlier::other_version;
}

void
check_file(const Rule& rule, const LockedFile& file, std::vector<Finding>& found)
{
  LockReporter reporter(rule, file, found);
  for (const PackageId id :
       packages_that(file.list, [](const Package& package) { return package.has_install_script; })) {
    const Package& package = file.list.packages()[id];
    const auto before = reporter.earlier().named(package);
    const Earlier was = earlier_of(before, package);
    if ((was != Earlier::same_version && was != Earlier::other_version)
        || file.consent.fate_of(package) != ScriptFate::unsettled) {
      continue;
    }
    reporter.add({.packages = {id},
                  .one = was == Earlier::same_version
                             ? "has an install script, and had none before at the same version"
                             : fmt::format("has an install script, and {} had none", before.front()->version),
                  .many = {},
                  .danger = "it runs where it is installed, which is what a hijacked package does first",
                  .help = fmt::format("Look at what the script does. {}",
                                      replace_all(file.consent.how, "{name}", shell_word(package.name))),
                  .severity = {},
                  .ruling = {},
                  .facts = {},
                  .was_so = {}});
  }
}

void
check(const Rule& rule, const Audit& audit, std::vector<Finding>& found)
{
  for (const LockedFile& file : audit.locked->files) {
    // What the format of before could not say is not new.
    if (file.before && file.before->tells_install_scripts && !file.is_unchanged) {
      check_file(rule, file, found);
    }
  }
}

constexpr std::array<std::string_view, 1> references{"https://docs.npmjs.com/cli/commands/npm-approve-scripts"};
constexpr std::array<std::string_view, 1> tags{"supply-chain"};

}  // namespace

extern const Rule rule_new_install_script{
    .meta =
        {.id = "new-install-script",
         .title = "A package that had no install script has one",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(A change updates a package, or leaves it at its version, and the lockfile says that it has an install script where
it had none. What the project's own list settles, or the package manager does not run, is left out, as for `install-script`.)",
              .why =
                  R"(A package that works without a script rarely comes to need one; whoever takes over its publisher's account needs one at
once.)",
              .instead =
                  R"(Read the script in the published archive, not in the repository. Then allow or refuse it where the package manager reads
it.)",
              .references = references},
         .severity = Severity::medium,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::deps
