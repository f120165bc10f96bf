// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/rule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

const Seen*
seen_at(const Survey& survey, std::string_view path)
{
  const auto found = std::lower_bound(survey.seen.begin(), survey.seen.end(), path,
                                      [](const Seen& seen, std::string_view wanted) { return seen.path < wanted; });
  return found != survey.seen.end() && found->path == path ? &*found : nullptr;
}

/// Where the platform keeps it for jobs, as the workflows say: "secrets" or "vars"; empty: nowhere.
std::string_view
store_of(const Survey& survey, std::string_view name)
{
  const auto usage = survey.usage.find(name);
  if (usage == survey.usage.end() || usage->second.stored.empty()) {
    return {};
  }
  const auto& stored = usage->second.stored;
  return std::any_of(stored.begin(), stored.end(), [](const ReadPlace& place) { return place.sighting->is_variable; })
             ? "vars"
             : "secrets";
}

void
check_run(const Survey& survey, const Seen& pipeline, const Job& job, const Job::Run& run, Reporter& reporter)
{
  const Seen* script = seen_at(survey, run.path);
  if (script == nullptr || job.receives_all) {
    return;
  }
  std::set<std::string_view> told;
  for (const Sighting& read : script->sightings) {
    const bool is_needed = read.kind == SightingKind::read && !read.is_answered
                           && (read.unset == Unset::unknown || read.unset == Unset::fails);
    const std::string_view store = store_of(survey, read.name);
    if (!is_needed || run.received.contains(read.name) || store.empty() || !told.insert(read.name).second) {
      continue;
    }
    reporter.report(
        pipeline.path, run.line,
        {.message = fmt::format("The job {} runs {}, which reads {}, and does not hand it on: what `{}` holds reaches "
                                "no step that does not name it",
                                printable(job.name), printable(run.path), printable(read.name), store),
         .help = fmt::format("Add `{}: ${{{{ {}.{} }}}}` to the step's `env`", printable(read.name), store,
                             printable(read.name)),
         .subject = fmt::format("env:any/{}", read.name),
         .key = read.name,
         .facts = {{"job", {}, job.name}},
         .related = {{{run.path, {read.line, 0}, {read.line, 0}, {}}, PlaceRole::cause, "read here"}},
         .aspect = job.name + " " + run.path});
  }
}

void
check(const Survey& survey, Reporter& reporter)
{
  for (const Seen& pipeline : survey.seen) {
    for (const Job& job : pipeline.jobs) {
      for (const Job::Run& run : job.runs) {
        check_run(survey, pipeline, job, run, reporter);
      }
    }
  }
}

constexpr std::array<std::string_view, 1> references{
    "https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/use-secrets"};
constexpr std::array<std::string_view, 1> tags{"completeness"};

}  // namespace

extern const Rule rule_not_passed{
    .meta =
        {.id = "not-passed",
         .title = "A job does not hand on what its script reads of the platform's store",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(Finds steps of workflows that run a script of the repository which reads a variable that some workflow takes from the
platform's store, and that this step does not have in its environment.)",
              .why =
                  R"(Secrets and variables of the platform are not in the environment of a step unless it names them. The script sees an empty text.)",
              .instead = R"(Name it under `env:` of the step or the job.)",
              .references = references},
         .severity = Severity::high,
         .confidence = Confidence::medium,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::env
