// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "env/ignore_rules.hpp"
#include "env/rule.hpp"

#include <fmt/format.h>

#include <array>

namespace sluice::env {

namespace {

void
check(const Survey& survey, Reporter& reporter)
{
  IgnoreRules rules(*survey.tree);
  for (const Schema& schema : survey.schemas) {
    const auto ignored = rules.ignored(schema.path);
    if (!ignored) {
      continue;
    }
    const bool is_there = survey.tracked.contains(schema.path);
    reporter.report(
        schema.path, 0,
        {.message = fmt::format("{} hides this schema from git, so {}", printable(survey.prefix + ignored->path),
                                is_there ? "a change of its name or a new clone's `git add` loses it"
                                         : "nobody but you has it, and CI judges without it"),
         .help = fmt::format("Add a line `!{}` behind line {} of {}",
                             printable(schema.path.substr(
                                 directory_of(ignored->path).empty() ? 0 : directory_of(ignored->path).size() + 1)),
                             ignored->line, printable(survey.prefix + ignored->path)),
         .severity = is_there && survey.is_of_repository ? std::optional(Severity::low) : std::nullopt,
         .related = {{{ignored->path, {ignored->line, 0}, {ignored->line, 0}, {}}, PlaceRole::cause, "ignored here"}}});
  }
}

constexpr std::array<std::string_view, 1> references{"https://git-scm.com/docs/gitignore"};
constexpr std::array<std::string_view, 1> tags{"completeness"};

}  // namespace

extern const Rule rule_schema_ignored{
    .meta =
        {.id = "schema-ignored",
         .title = "A schema is ignored by git",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(Finds schemas and example files that a `.gitignore` covers, such as `.env.schema` under the line `.env.*`. Of one
that is tracked all the same the severity is low.)",
              .why = R"(The schema is on its author's disk and nowhere else: in CI the check passes on nothing.)",
              .instead = R"(Take the schema out of what is ignored:

```gitignore
.env.*
!.env.schema
!.env.example
```)",
              .references = references},
         .severity = Severity::high,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::env
