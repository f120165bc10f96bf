// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "env/rule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace sluice::env {

namespace {

bool
names(const std::vector<std::string>& all, std::string_view name)
{
  return std::find(all.begin(), all.end(), name) != all.end();
}

/// Of a build only what is open can be needed: it must do without secrets.
bool
is_of_phase(const Survey& survey, const Target& target, const Wanted& wanted)
{
  const auto is_elsewhere = [&](const Target& other) {
    return &other != &target && other.phase != target.phase
           && presence_of(survey, other, wanted.name) != Presence::missing;
  };
  return std::none_of(survey.targets.begin(), survey.targets.end(), is_elsewhere);
}

bool
is_needed(const Survey& survey, const Target& target, const Wanted& wanted)
{
  if (target.setting != nullptr) {
    if (names(target.setting->optional, wanted.name)) {
      return false;
    }
    if (names(target.setting->required, wanted.name)) {
      return true;
    }
  }
  const bool is_said = wanted.item.need == Need::required || wanted.item.need == Need::named;
  return is_said && is_needed_in(wanted.item, target.name) && is_of_phase(survey, target, wanted);
}

/// A schema holds for the directory that it is in and for those below.
bool
is_in_reach(const Schema& schema, const Target& target)
{
  const std::string_view directory = directory_of(schema.path);
  return directory.empty() || target.directory == directory
         || (target.directory.starts_with(directory) && target.directory.substr(directory.size()).starts_with('/'));
}

/// Where the environment could have it: its own last file, else the schema.
void
report(const Target& target, std::string_view name, const std::string& path, std::uint32_t line, Reporter& reporter)
{
  reporter.report(
      path, line,
      {.message = fmt::format("{} is required, and {} does not have it", printable(name), printable(title_of(target))),
       .help = fmt::format("Set {} for {}", printable(name), printable(title_of(target))),
       .subject = subject_of(target, name),
       .key = std::string(name),
       .severity = is_deployed(target.stage) ? Severity::high : Severity::medium,
       .facts = {{"environment", {}, target.name}},
       .aspect = title_of(target)});
}

void
check_target(const Survey& survey, const Target& target, Reporter& reporter)
{
  std::set<std::string_view> told;
  const std::string own = target.files.empty() ? std::string() : target.files.back()->source.path();
  for (const auto& [name, wanted] : survey.wanted) {
    if (is_needed(survey, target, wanted) && is_in_reach(*wanted.schema, target)
        && presence_of(survey, target, name) == Presence::missing && told.insert(name).second) {
      report(target, name, own.empty() ? wanted.schema->path : own, own.empty() ? wanted.item.line : 0, reporter);
    }
  }
  if (target.setting == nullptr) {
    return;
  }
  for (const std::string& name : target.setting->required) {
    if (presence_of(survey, target, name) == Presence::missing && told.insert(name).second) {
      report(target, name, own.empty() ? std::string(".sluice.yml") : own, 0, reporter);
    }
  }
}

void
check(const Survey& survey, Reporter& reporter)
{
  for (const Target& target : survey.targets) {
    // What a repository does not hold it may have from elsewhere: only who has a file or a store can lack something.
    if (!target.name.empty() && (!target.files.empty() || target.has_store || target.setting != nullptr)) {
      check_target(survey, target, reporter);
    }
  }
}

constexpr std::array<std::string_view, 1> references{"https://varlock.dev/env-spec/reference/"};
constexpr std::array<std::string_view, 1> tags{"completeness"};

}  // namespace

extern const Rule rule_missing{
    .meta =
        {.id = "missing",
         .title = "A required variable is missing in an environment",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(Finds variables that a schema or `.sluice.yml` requires and that an environment has neither in a file nor in a store
that was given with `--store`.)",
              .why = R"(The program fails when it starts, or at the first request that needs the value.)",
              .instead =
                  R"(Set it for the environment, or say where it is not required: `@required=forEnv(production)` in the schema,
`optional:` of the environment in `.sluice.yml`.)",
              .known_problems =
                  R"(What is required of a build and what at run time no schema says: a variable that an environment of the other phase
has is not missed.)",
              .references = references},
         .severity = Severity::high,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::env
