// SPDX-License-Identifier: Apache-2.0
#include "deps/reference_finding.hpp"

#include <array>

namespace sluice::deps {

namespace {

void
check(const Rule& rule, const Audit& audit, std::vector<Finding>& found)
{
  report_unpinned(rule, audit, Reference::Kind::action,
                  "whoever can move the tag runs their code in this workflow, with its secrets",
                  "Pin it by commit, or lock it with `gh actions-lock`", found);
}

constexpr std::array<std::string_view, 1> references{
    "https://docs.github.com/en/actions/concepts/security/workflow-dependency-lockfiles"};
constexpr std::array<std::string_view, 1> tags{"supply-chain"};

}  // namespace

extern const Rule rule_unpinned_action{
    .meta =
        {.id = "unpinned-action",
         .title = "An action is used by a name that can move",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(A step or a reusable workflow is used at a tag or branch, or an image step without a digest, and no `actions.lock` of the
repository pins it.)",
              .why =
                  R"(The owner of the action, or whoever takes over the account, can put other code behind the same name; the next run executes it
with the workflow's secrets.)",
              .instead =
                  R"(Name the full commit, with the version in a comment behind it, or lock all actions with `gh actions-lock`.)",
              .references = references},
         .severity = Severity::info,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::deps
