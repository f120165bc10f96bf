// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/ignore_rules.hpp"
#include "env/rule.hpp"
#include "env/type.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

/// Files whose values are all kept elsewhere or encrypted are made to be committed.
bool
holds_values(const DotenvFile& file)
{
  const auto& entries = file.reading().entries;
  return std::any_of(entries.begin(), entries.end(), [](const Entry& entry) {
    return entry.value && !entry.value->empty() && !is_reference(*entry.value)
           && !entry.key.starts_with("DOTENV_PUBLIC_KEY");
  });
}

void
check(const Survey& survey, Reporter& reporter)
{
  IgnoreRules rules(*survey.tree);
  for (const DotenvFile& file : survey.files) {
    if (!file.is_tracked || !is_dotenv_path(file.source.path()) || !holds_values(file)
        || rules.ignored(file.source.path())) {
      continue;
    }
    reporter.report(
        file.source.path(), 0,
        {.message = "This dotenv file is committed, and nothing keeps the next value that is a secret out of it",
         .help = "Keep a schema or an example in the repository, and the file itself in .gitignore"});
  }
}

constexpr std::array<std::string_view, 1> references{"https://github.com/motdotla/dotenv#should-i-commit-my-env-file"};
constexpr std::array<std::string_view, 1> tags{"hygiene"};

}  // namespace

extern const Rule rule_committed_dotenv{
    .meta =
        {.id = "committed-dotenv",
         .title = "A dotenv file is committed",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(Finds dotenv files with values that are part of the repository and that no `.gitignore` covers. Files whose values are
encrypted or only name where a secret is kept are left out.)",
              .why =
                  R"(Such a file is where the next password will be written, and from then on it is in the history.)",
              .instead = R"(Commit `.env.schema` or `.env.example`, and ignore the file.)",
              .known_problems =
                  R"(Some frameworks commit `.env` with defaults on purpose. What a file holds decides above this rule.)",
              .references = references},
         .severity = Severity::low,
         .confidence = Confidence::medium,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::env
