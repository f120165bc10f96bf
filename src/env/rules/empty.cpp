// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/rule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

/// Whether something says that the variable matters: a schema that does not make it optional, or a program that reads
/// it and has nothing in its stead.
bool
is_wanted(const Survey& survey, const Target& target, std::string_view name)
{
  if (const auto wanted = survey.wanted.find(name); wanted != survey.wanted.end()) {
    const Item& item = wanted->second.item;
    if (item.need == Need::optional || item.need == Need::computed) {
      return false;
    }
    if (item.need != Need::unsaid) {
      return is_needed_in(item, target.name);
    }
  }
  const auto usage = survey.usage.find(name);
  return usage != survey.usage.end()
         && std::any_of(usage->second.reads.begin(), usage->second.reads.end(), [](const ReadPlace& read) {
              return read.sighting->unset == Unset::unknown || read.sighting->unset == Unset::fails;
            });
}

void
check(const Survey& survey, Reporter& reporter)
{
  for (const Target& target : survey.targets) {
    const bool is_of_one = !target.name.empty();
    for (const auto& [name, held] : target.values) {
      const bool is_own = held.file->environment == target.name;
      if (!is_of_one || !is_own || held.entry->executes || (held.entry->value && !held.entry->value->empty())
          || !is_wanted(survey, target, name)) {
        continue;
      }
      reporter.report(*held.file, *held.entry,
                      {.message = fmt::format("{} is there for {} and empty, so the program starts with nothing in it",
                                              printable(name), printable(title_of(target))),
                       .help = fmt::format("Give {} a value for {}, or make it optional in the schema", printable(name),
                                           printable(title_of(target))),
                       .subject = subject_of(target, name),
                       .severity = is_deployed(target.stage) ? Severity::high : Severity::medium,
                       .facts = {{"environment", {}, target.name}}});
    }
  }
}

constexpr std::array<std::string_view, 1> references{
    "https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#secrets-context"};
constexpr std::array<std::string_view, 1> tags{"completeness"};

}  // namespace

extern const Rule rule_empty{
    .meta =
        {.id = "empty",
         .title = "A variable that is needed is empty in an environment",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(Finds keys without a value in a file of a named environment, where a schema wants one or a program reads it without
anything in its stead.)",
              .why =
                  R"(A secret that was never created is an empty text to GitHub's workflows, and a file that is written from it says
`KEY=`. The deployment is green, and the program fails at its first use.)",
              .instead =
                  R"(Set the variable where the environment gets it from, or say in the schema that it is optional.)",
              .references = references},
         .severity = Severity::high,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::env
