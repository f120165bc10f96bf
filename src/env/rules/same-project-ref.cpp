// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/project_ref.hpp"
#include "env/value_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

struct Use
{
  std::string ref;
  Held held;
};

/// The first use of each project.
std::vector<Use>
projects_of(const Target& target)
{
  std::vector<Use> uses;
  for (const auto& [name, held] : target.values) {
    std::string ref = held.entry->value ? project_of(name, *held.entry->value) : std::string();
    const bool is_known = std::any_of(uses.begin(), uses.end(), [&](const Use& use) { return use.ref == ref; });
    if (!ref.empty() && !is_known && held.file->environment == target.name) {
      uses.push_back({std::move(ref), held});
    }
  }
  return uses;
}

void
compare(const Target& one, const Target& other, Reporter& reporter)
{
  const std::vector<Use> second = projects_of(other);
  for (const Use& use : projects_of(one)) {
    const auto same = std::find_if(second.begin(), second.end(), [&](const Use& each) { return each.ref == use.ref; });
    if (same == second.end()) {
      continue;
    }
    const std::uint32_t line = same->held.file->line_of(*same->held.entry);
    reporter.report(
        *use.held.file, *use.held.entry,
        {.message =
             fmt::format("{} of {} and {} of {} are of the same Supabase project", printable(use.held.entry->key),
                         printable(title_of(one)), printable(same->held.entry->key), printable(title_of(other))),
         .help = fmt::format("Make a project of its own for {}", printable(title_of(one))),
         .subject = subject_of(one, use.held.entry->key),
         .facts = {{"environments", {}, fmt::format("{},{}", one.name, other.name)}},
         .related = {{{same->held.file->source.path(), {line, 0}, {line, 0}, {}}, PlaceRole::primary, "and here"}},
         .aspect = fmt::format("{} {}", one.name, other.name)});
  }
}

void
check(const Survey& survey, Reporter& reporter)
{
  for (std::size_t i = 0; i < survey.targets.size(); ++i) {
    for (std::size_t j = i + 1; j < survey.targets.size(); ++j) {
      const Target& a = survey.targets[i];
      const Target& b = survey.targets[j];
      const bool is_of_production = a.stage == Stage::production;
      const bool is_one_machine = a.stage == Stage::local && a.name.find("prod") != std::string::npos;
      if (a.directory == b.directory && a.phase == b.phase && a.stage != b.stage && !is_one_machine && !a.name.empty()
          && !b.name.empty() && (is_deployed(a.stage) || is_deployed(b.stage))) {
        compare(is_of_production ? b : a, is_of_production ? a : b, reporter);
      }
    }
  }
}

constexpr std::array<std::string_view, 1> references{
    "https://supabase.com/docs/guides/deployment/managing-environments"};
constexpr std::array<std::string_view, 1> tags{"isolation"};

}  // namespace

extern const Rule rule_same_project_ref{
    .meta = {.id = "same-project-ref",
             .title = "Two environments use the same Supabase project",
             .since = "0.1.0",
             .doc = {.what =
                         R"(Compares the projects of environments of one directory, of which at least one is deployed:
in URLs (`https://REF.supabase.co`, hosts of databases and poolers), in the `ref` claim of legacy keys and in
`…PROJECT_REF` variables.)",
                     .why = R"(What is tried in one environment happens to the data of the other: migrations, deleted
rows, mails to customers.)",
                     .instead = R"(Make a project for each environment.)",
                     .references = references},
             .severity = Severity::high,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check = check};

}  // namespace sluice::env
