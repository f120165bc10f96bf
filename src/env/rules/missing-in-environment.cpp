// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/rule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

/// Schemas speak for themselves where they say who needs a variable.
bool
is_for_schema(const Survey& survey, std::string_view name)
{
  const auto wanted = survey.wanted.find(name);
  return wanted != survey.wanted.end() && wanted->second.item.need != Need::unsaid;
}

bool
is_optional_in(const Target& target, std::string_view name)
{
  return target.setting != nullptr
         && std::find(target.setting->optional.begin(), target.setting->optional.end(), name)
                != target.setting->optional.end();
}

bool
has(const Survey& survey, const Target& target, std::string_view name)
{
  return presence_of(survey, target, name) != Presence::missing;
}

/// What one deployed environment has another one needs: staging is there to be like production.
void
compare(const Survey& survey, const Target& with, const Target& without, Reporter& reporter)
{
  for (const auto& [name, held] : with.values) {
    if (has(survey, without, name) || is_for_schema(survey, name) || is_optional_in(without, name)) {
      continue;
    }
    const std::uint32_t line = held.file->line_of(*held.entry);
    const std::string path = without.files.empty() ? held.file->source.path() : without.files.back()->source.path();
    reporter.report(
        path, 0,
        {.message = fmt::format("{} has {}, and {} does not", printable(title_of(with)), printable(name),
                                printable(title_of(without))),
         .help = fmt::format("Set it for {} too, or name it under `optional:` of that environment in "
                             ".sluice.yml",
                             printable(title_of(without))),
         .subject = subject_of(without, name),
         .key = name,
         .facts = {{"environment", {}, without.name}},
         .related = {{{held.file->source.path(), {line, 0}, {line, 0}, {}}, PlaceRole::cause, "it has it here"}},
         .aspect = title_of(without)});
  }
}

bool
can_be_compared(const Target& target)
{
  return is_deployed(target.stage) && (!target.files.empty() || target.has_store);
}

void
check(const Survey& survey, Reporter& reporter)
{
  for (const Target& one : survey.targets) {
    for (const Target& other : survey.targets) {
      const bool is_pair = &one != &other && one.directory == other.directory && one.phase == other.phase
                           && can_be_compared(one) && can_be_compared(other);
      if (is_pair) {
        compare(survey, one, other, reporter);
      }
    }
  }
}

constexpr std::array<std::string_view, 1> references{"https://12factor.net/dev-prod-parity"};
constexpr std::array<std::string_view, 1> tags{"completeness"};

}  // namespace

extern const Rule rule_missing_in_environment{
    .meta =
        {.id = "missing-in-environment",
         .title = "One deployed environment has a variable that another lacks",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(Compares the names that staging and production have, in their files and in the stores given with `--store`. Where a
schema says which environments need a variable, the rule `missing` speaks instead.)",
              .why = R"(What was tested in staging starts without a setting in production.)",
              .instead =
                  R"(Set it in both, or say that one does without: `optional:` of the environment in `.sluice.yml`.)",
              .references = references},
         .severity = Severity::medium,
         .confidence = Confidence::medium,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::env
