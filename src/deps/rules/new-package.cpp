// SPDX-License-Identifier: Apache-2.0
#include "deps/lock_finding.hpp"
#include "deps/new_packages.hpp"

#include <fmt/format.h>

#include <array>

namespace sluice::deps {

namespace {

void
check(const Rule& rule, const Audit& audit, std::vector<Finding>& found)
{
  if (audit.options->new_packages != NewPackages::approve) {
    return;
  }
  for (const NewPackage& each : new_packages(*audit.locked)) {
    const Package& package = each.file->list.packages()[each.id];
    if (is_approved(package, *audit.options)) {
      continue;
    }
    LockReporter(rule, *each.file, found)
        .add({.packages = {each.id},
              .one = "is new to the project",
              .many = {},
              .danger = "its code will run with the project's, and nobody has approved that",
              .help = fmt::format("Have whoever looks after the default branch add {} to `deps: "
                                  "approved-packages:` there",
                                  package.name),
              .severity = {},
              .ruling = {},
              .facts = {},
              .was_so = {}});
  }
}

constexpr std::array<std::string_view, 1> references{"https://slsa.dev/spec/v1.2/dependency-track"};
constexpr std::array<std::string_view, 1> tags{"supply-chain"};

}  // namespace

extern const Rule rule_new_package{
    .meta =
        {.id = "new-package",
         .title = "A package is new and was not approved",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(With `deps: new-packages: approve`, a package that no lockfile of the base names and no glob under `approved-packages`
covers. Without the option the report only lists new packages.)",
              .why =
                  R"(Each package is another account that can put code into the product, and a wrong letter in its name is how the wrong
one comes in.)",
              .instead = R"(Approve it on the default branch, from where the list is read, or do without it.)",
              .references = references},
         .severity = Severity::medium,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::deps
