// SPDX-License-Identifier: Apache-2.0
#include "base/shell.hpp"
#include "base/text.hpp"
#include "deps/lock_finding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::deps {

namespace {

/// What `new-install-script` tells of.
bool
is_newly_scripted(const LockedFile& file, std::span<const Package* const> before)
{
  return file.before && file.before->tells_install_scripts && !before.empty()
         && std::none_of(before.begin(), before.end(), [](const Package* each) { return each->has_install_script; });
}

/// Those of the packages that the base has not, by name, or those that it has.
void
report(const Rule& rule, const LockedFile& file, const std::vector<PackageId>& unsettled, bool is_new,
       std::vector<Finding>& found)
{
  LockReporter reporter(rule, file, found);
  for (const PackageId id : unsettled) {
    const Package& package = file.list.packages()[id];
    const auto before = reporter.earlier().named(package);
    if ((file.before && before.empty()) != is_new || is_newly_scripted(file, before)) {
      continue;
    }
    reporter.add(
        {.packages = {id},
         .one = is_new ? "is new and runs a script when it is installed" : "runs a script when it is installed",
         .many = {},
         .danger = "with all that the machine that installs it may do, and nobody has said that it may",
         .help = replace_all(file.consent.how, "{name}", shell_word(package.name)),
         .severity = is_new ? std::optional(Severity::low) : std::nullopt,
         .ruling =
             is_new ? std::optional(OwnRuling{OwnRuling::Kind::warn, "most install scripts only build"}) : std::nullopt,
         .facts = {},
         .was_so = [](const Package& before, const Package& /*now*/) { return before.has_install_script; }});
  }
}

void
check(const Rule& rule, const Audit& audit, std::vector<Finding>& found)
{
  for (const LockedFile& file : audit.locked->files) {
    const auto unsettled = packages_that(file.list, [&file](const Package& package) {
      return package.has_install_script && file.consent.fate_of(package) == ScriptFate::unsettled;
    });
    report(rule, file, unsettled, true, found);
    report(rule, file, unsettled, false, found);
  }
}

constexpr std::array<std::string_view, 4> references{
    "https://docs.npmjs.com/cli/commands/npm-approve-scripts", "https://pnpm.io/settings#allowbuilds",
    "https://getcomposer.org/doc/06-config.md#allow-plugins", "https://docs.deno.com/runtime/reference/cli/install/"};
constexpr std::array<std::string_view, 1> tags{"supply-chain"};

}  // namespace

extern const Rule rule_install_script{
    .meta =
        {.id = "install-script",
         .title = "A package runs a script when it is installed, and nobody said that it may",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(A lockfile says that a package has an install script or is a plugin of the package manager, the package manager
runs it, and the project's own list neither allows nor refuses it: npm's `allowScripts`, pnpm's `allowBuilds` and its
predecessors, Deno's `allowScripts`, Composer's `allow-plugins`. It is told, and warns of a package that the change brings.
Where the package manager blocks what is not listed (pnpm 10, npm 12, `ignore-scripts` in `.npmrc`) there is nothing to
tell.)",
              .why =
                  R"(An install script runs on every developer's machine and in every build, before anything was tested: it is how most
malicious packages do what they were published for.)",
              .instead =
                  R"(Look at what the script does, and write the answer down where the package manager reads it.)",
              .known_problems =
                  R"(Only lockfiles of npm 7 and later, of pnpm up to 8, of Deno and of Composer tell which packages have a script. Which
version of npm or pnpm is at work is taken from `packageManager` or `devEngines` in package.json; without them npm is taken to run
scripts.)",
              .references = references},
         .severity = Severity::info,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::deps
