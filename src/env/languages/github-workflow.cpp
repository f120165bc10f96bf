// SPDX-License-Identifier: Apache-2.0
//
// Workflows and actions of GitHub (and of Gitea and Forgejo, which read the same), with what each job's steps get of
// the platform's stores.
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "env/document.hpp"
#include "env/workflow/expressions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

namespace sluice::env {

namespace {

using script::NameSet;

constexpr auto extensions = std::to_array<std::string_view>({".yml", ".yaml"});
constexpr auto directories =
    std::to_array<std::string_view>({".github/workflows", ".gitea/workflows", ".forgejo/workflows"});
constexpr auto shells = std::to_array<std::string_view>({"", "bash", "sh"});

/// Parts of the names of actions that put what they fetch into the environment of later steps.
constexpr auto fetching_actions = std::to_array<std::string_view>(
    {"vault-action", "load-secrets", "secrets-fetch", "secrets-action", "secretsmanager-get-secrets", "dotenv",
     "get-keyvault-secrets", "read-env", "load-env", "export-env"});

bool
is_action(std::string_view path)
{
  const std::string_view name = file_name_of(path);
  return name == "action.yml" || name == "action.yaml";
}

bool
has(std::string_view path)
{
  const bool is_workflow = std::any_of(directories.begin(), directories.end(), [&](std::string_view directory) {
    return directory_of(path).ends_with(directory);
  });
  return has_extension(path, extensions) && (is_workflow || is_action(path));
}

/// More than any workflow has, so that a made-up one costs no more.
constexpr std::size_t max_names = 1000;
constexpr std::size_t max_steps = 1000;
constexpr std::size_t max_runs = 200;  ///< of one step

/// The members of tables that one level inherits from those around it: the variables, the shell, the directory.
struct Level
{
  NameSet names;
  std::string_view shell;
  std::string_view directory;
};

class Pipeline
{
public:
  Pipeline(const gate::SourceText& source, Sightings& seen)
      : source_(source),
        seen_(seen)
  {}

  void
  workflow(Value root)
  {
    references(root);
    Level level;
    enter(root, level);
    for (const Value job : root["jobs"].is_table() ? root["jobs"] : Value()) {
      look_at_job(job, level);
    }
    read_given();
  }

  void
  action(Value root)
  {
    references(root);
    Level level;
    Job unused;
    steps(root["runs"]["steps"], level, unused);
    read_given();
  }

private:
  /// What the texts of all levels name of the contexts.
  void
  references(Value value)
  {
    if (value.is_text()) {
      const bool is_condition = value.key() == "if";
      const auto uses = context_uses(value.text(), is_condition ? ExpressionForm::whole : ExpressionForm::inside);
      if (!uses.empty()) {
        const script::Lines lines = lines_of_text(source_, value);
        for (const ContextUse& use : uses) {
          reference(lines, use);
        }
      }
    }
    for (const Value each : value) {
      references(each);
    }
  }

  void
  reference(const script::Lines& lines, const ContextUse& use)
  {
    if (use.name.empty()) {
      return;
    }
    const std::uint32_t line = lines.line_of(use.at, use.name);
    // The platform makes this one itself.
    const bool is_made = to_lower(use.name) == "github_token";
    if (use.context == ContextUse::Context::env) {
      of_env_.emplace_back(use.name, line);
    } else if (is_made) {
      seen_.read(use.name, line);
    } else if (use.context == ContextUse::Context::vars) {
      seen_.store_variable(use.name, line);
    } else {
      seen_.store(use.name, line);
    }
  }

  /// `env.X` of what the file gives itself; an action may have given any other.
  void
  read_given()
  {
    for (const auto& [name, line] : of_env_) {
      if (given_.contains(name)) {
        seen_.read(name, line);
      }
    }
  }

  void
  enter(Value value, Level& level)
  {
    give(value["env"], level.names);
    const Value defaults = value["defaults"]["run"];
    level.shell = defaults["shell"].is_text() ? defaults["shell"].text() : level.shell;
    level.directory = defaults["working-directory"].is_text() ? defaults["working-directory"].text() : level.directory;
  }

  /// `NAME: ${{ env.NAME }}` gives nothing that was not there.
  static bool
  hands_on(Value member)
  {
    const std::string_view text = trim(member.text());
    const auto uses = context_uses(text, ExpressionForm::inside);
    return uses.size() == 1 && uses.front().context == ContextUse::Context::env && uses.front().name == member.key()
           && replace_all(text, " ", "") == fmt::format("${{{{env.{}}}}}", member.key());
  }

  void
  give(Value environment, NameSet& names)
  {
    each_member(environment, [&](Value member) {
      if (!hands_on(member)) {
        seen_.give(member.key(), member.line(), plain_literal(member));
      }
      // What is handed on is read, whoever gives it.
      given_.emplace(member.key());
      if (names.size() < max_names) {
        names.emplace(member.key());
      }
    });
  }

  void
  look_at_job(Value value, const Level& outer)
  {
    Job job{.name = std::string(value.key()), .line = value.line(), .received = {}, .runs = {}};
    Level level = outer;
    if (value["runs-on"].text().find("windows") != std::string_view::npos) {
      level.shell = "pwsh";
    }
    enter(value, level);
    give(value["container"]["env"], level.names);
    for (const Value service : value["services"].is_table() ? value["services"] : Value()) {
      NameSet of_service;
      give(service["env"], of_service);
    }
    job.receives_all = takes_all(value) || value["secrets"].text() == "inherit";
    for (const Value secret : value["secrets"].is_table() ? value["secrets"] : Value()) {
      job.received.emplace(secret.key());
    }
    steps(value["steps"], level, job);
    job.received.merge(level.names);
    seen_.job(std::move(job));
  }

  /// `toJSON(secrets)` and its kin.
  static bool
  takes_all(Value value)
  {
    bool all = false;
    each_text(value, [&](Value text) {
      for (const ContextUse& use : context_uses(text.text(), ExpressionForm::inside)) {
        all = all || (use.context == ContextUse::Context::secrets && use.name.empty());
      }
    });
    return all;
  }

  void
  steps(Value all, Level& level, Job& job)
  {
    std::size_t count = 0;
    for (const Value step : all.is_list() ? all : Value()) {
      if (++count > max_steps) {
        seen_.gap(step.line(), "a job has more steps than are looked at");
        return;
      }
      NameSet names = level.names;
      give(step["env"], names);
      job.received.insert(names.begin(), names.end());
      if (step["run"].is_text()) {
        const std::size_t before = seen_.count();
        run(step, level, names, job);
        seen_.answer(before, names);
      }
      uses(step, names, job);
    }
  }

  void
  uses(Value step, const NameSet& names, Job& job)
  {
    const std::string_view action = step["uses"].text();
    if (action.find("github-script") != std::string_view::npos) {
      look_as("javascript", source_, step["with"]["script"], seen_);
    }
    job.receives_all =
        job.receives_all
        || std::any_of(fetching_actions.begin(), fetching_actions.end(),
                       [action](std::string_view part) { return action.find(part) != std::string_view::npos; });
    const auto local = action.starts_with("./") ? resolved_in("", action) : std::nullopt;
    if (local) {
      job.runs.push_back({path_in(*local, "action.yml"), step["uses"].line(), names});
    }
  }

  void
  run(Value step, Level& level, const NameSet& names, Job& job)
  {
    const Value text = step["run"];
    std::string_view shell = step["shell"].is_text() ? step["shell"].text() : level.shell;
    shell = shell.substr(0, shell.find(' '));
    if (shell == "python") {
      look_as("python", source_, text, seen_);
    } else if (shell == "pwsh" || shell == "powershell") {
      look_as("powershell", source_, text, seen_);
    } else if (std::find(shells.begin(), shells.end(), shell) != shells.end()) {
      const std::string_view directory =
          step["working-directory"].is_text() ? step["working-directory"].text() : level.directory;
      run_script(text, directory, names, level, job);
    }
  }

  void
  run_script(Value text, std::string_view directory, const NameSet& names, Level& level, Job& job)
  {
    const std::string script = without_holes(text.text(), "${{", "}}");
    const std::string here = resolved_in("", directory).value_or("");
    const script::Standing standing{.here = {here}, .beside = here};
    const script::Lines lines = lines_of_text(source_, text);
    const script::Facts facts = script::look_at(script, {}, lines, standing, seen_);
    const std::size_t count = std::min(facts.runs.size(), max_runs);
    for (const script::Facts::File& file : std::span(facts.runs).first(count)) {
      for (std::string& path : script::paths_of(file, standing)) {
        job.runs.push_back(
            {std::move(path), lines.line_of(file.at, file_name_of(file.path)), names_of(names, facts, file.at)});
      }
    }
    level.names.insert(facts.handed_on.begin(), facts.handed_on.end());
    given_.insert(facts.handed_on.begin(), facts.handed_on.end());
    job.receives_all = job.receives_all || facts.writes_dotenv;
  }

  /// With what the script gives to what it runs.
  static NameSet
  names_of(const NameSet& names, const script::Facts& facts, std::size_t at)
  {
    NameSet all = names;
    for (const script::Facts::Mention& mention : facts.mentions) {
      if (mention.kind == SightingKind::given && mention.at < at) {
        all.insert(mention.name);
      }
    }
    return all;
  }

  const gate::SourceText& source_;
  Sightings& seen_;
  NameSet given_;  ///< at any level
  std::vector<std::pair<std::string_view, std::uint32_t>> of_env_;
};

void
look(const gate::SourceText& source, Sightings& seen)
{
  for (const Data& document : yaml_of(source, seen)) {
    Pipeline pipeline(source, seen);
    if (is_action(source.path())) {
      pipeline.action(document.root());
    } else {
      pipeline.workflow(document.root());
    }
  }
}

}  // namespace

extern const Language language_github_workflow{
    .id = "github-workflow", .title = "GitHub Actions", .has = has, .words = {}, .look = look};

}  // namespace sluice::env
