// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/rule.hpp"
#include "env/spelling.hpp"

#include <fmt/format.h>

#include <array>

namespace sluice::env {

namespace {

void
check(const Survey& survey, Reporter& reporter)
{
  const Neighbours neighbours(survey);
  for (const auto& [name, variable] : survey.usage) {
    if (variable.verdict != UsageVerdict::unused) {
      continue;
    }
    const DeclaredPlace& first = variable.declared.front();
    Remark remark{
        .message = fmt::format("{} is declared here, and nothing in the repository reads it", printable(name)),
        .help = fmt::format("Take {} out, or mark it `@auditIgnore` in the schema if something outside of the "
                            "repository reads it",
                            printable(name)),
        .subject = fmt::format("env:any/{}", name),
        .key = name};
    if (const auto other = neighbours.read(name)) {
      remark.message += fmt::format("; {} is read, and may be what is meant", printable(*other));
      remark.facts.push_back({"near", {}, *other});
    }
    for (std::size_t i = 1; i < variable.declared.size() && i < 20; ++i) {
      const DeclaredPlace& at = variable.declared[i];
      remark.related.push_back({{at.path, {at.line, 0}, {at.line, 0}, {}}, PlaceRole::also, {}});
    }
    reporter.report(first.path, first.line, std::move(remark));
  }
}

constexpr std::array<std::string_view, 1> references{"https://12factor.net/config"};
constexpr std::array<std::string_view, 1> tags{"completeness"};

}  // namespace

extern const Rule rule_unused{
    .meta =
        {.id = "unused",
         .title = "A variable is declared and read by nothing",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(Finds keys of dotenv files, schemas and examples that nothing in the repository reads. Files that are given to a program
which is not in the repository (a compose service of a ready image) are left out, and so are names that may be read by a name
that is put together when the program runs.)",
              .why =
                  R"(A key that nothing reads is kept, rotated and copied into each environment for nothing, and hides that the one that
is read has another name.)",
              .instead = R"(Take it out. A schema can say that something else reads it: `@auditIgnore`.)",
              .references = references},
         .severity = Severity::low,
         .confidence = Confidence::medium,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::env
