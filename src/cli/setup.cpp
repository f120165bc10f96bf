// SPDX-License-Identifier: Apache-2.0
#include "cli/setup.hpp"

#include "base/guarded.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "cli/emit.hpp"
#include "cli/open_repository.hpp"
#include "cli/policy_file.hpp"
#include "cli/version.hpp"
#include "config/show_config.hpp"
#include "config/yaml_document.hpp"
#include "gate/step_variables.hpp"
#include "git/history.hpp"
#include "output/sink.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

namespace sluice::cli {

namespace {

namespace fs = std::filesystem;

Result<>
resolve_range(Setup& setup)
{
  const bool is_trusted = setup.trust.source == ci::Trust::Source::tip && setup.trust.branch == setup.context.branch();
  const ci::RangeRequest request{setup.options.base, setup.options.head, is_trusted};
  if (!setup.repository) {
    if (!request.base.empty() || !request.head.empty()) {
      return fail(ErrorKind::usage, "--base and --head need a repository: {}", setup.no_repository.why);
    }
    setup.range = ci::range_without_repository(setup.context, setup.no_repository,
                                               setup.unusable ? ci::Presence::unusable : ci::Presence::nothing);
    return {};
  }
  TRY_ASSIGN(setup.range, ci::resolve_range(setup.context, *setup.repository, request));
  return {};
}

/// The globs of `trusted-branches` in the configuration at a commit; none if it cannot be read: then none is trusted.
std::vector<std::string>
trusted_branches(const git::Repository& repository, const git::ObjectId& tip, std::string_view path)
{
  const auto text = repository.file_at(tip, path);
  const auto root = text && *text ? config::parse_yaml(**text, path) : Result<config::YamlNode>();
  const config::YamlNode* listed = root ? root->find("trusted-branches") : nullptr;
  std::vector<std::string> globs;
  for (const config::YamlNode& item : listed == nullptr ? std::vector<config::YamlNode>() : listed->items) {
    globs.push_back(item.scalar);
  }
  return globs;
}

void
find_trust(Setup& setup, const fs::path& file)
{
  const auto path = path_in_repository(setup, file);
  if (!setup.repository) {
    return;
  }
  setup.trust = ci::find_trust(setup.context, *setup.repository, [&](const git::ObjectId& tip) {
    return path ? trusted_branches(*setup.repository, tip, *path) : std::vector<std::string>();
  });
}

/// What the change's own file would allow; that it does not count is said of each finding that it would cover.
std::vector<Suppression>
powerless_allowances(const PolicyFile& file, config::Layers layers)
{
  config::CommonOptions options;
  config::OptionTable table;
  config::describe(options, table);
  layers.file = file.own;
  layers.base_file.reset();
  // What else is wrong with that file is not this run's.
  (void)config::apply_layers(table, layers);
  return std::move(options.allow);
}

std::string
absent_tip(const ci::Trust& trust)
{
  const std::string whose = trust.branch.empty()
                                ? "the default branch, which nothing names"
                                : fmt::format("{}, whose tip is not in this clone", printable(trust.branch));
  return fmt::format("the configuration of {}, would count here; built-in defaults do. To mend it:\n{}", whose,
                     trust.fix);
}

/// Names that look as if their text counted.
std::vector<std::string>
near_misses(const Setup& setup)
{
  std::vector<std::string> notices;
  for (const std::string_view name : {".sluice.yaml", "sluice.yml", "sluice.yaml", ".sluice.json", ".sluice"}) {
    std::error_code error;
    if (fs::is_regular_file(policy_root(setup) / name, error)) {
      notices.push_back(fmt::format("{}: is not read; the configuration is called .sluice.yml", name));
    }
  }
  return notices;
}

Result<>
require_there(const config::ConfigFile& file, const Setup& setup)
{
  if (!setup.options.config.empty() && !file.text) {
    return fail(ErrorKind::config, "--config {}: there is no such file", setup.options.config);
  }
  return {};
}

/// A path that was typed in a subdirectory, from the root of the repository on.
std::string
from_root(const Setup& setup, const Invocation& invocation, std::string_view path)
{
  std::error_code error;
  const fs::path here = fs::weakly_canonical(invocation.directory, error);
  const fs::path relative = here.lexically_relative(fs::weakly_canonical(setup.directory, error));
  const bool is_below = !error && !relative.empty() && relative != "." && *relative.begin() != "..";
  return is_below && !fs::path(path).is_absolute() ? (relative / path).lexically_normal().generic_string()
                                                   : std::string(path);
}

/// What the table cannot know of values: said at the place where each came from.
Result<>
check_values(const Setup& setup, const CommandSelf& self)
{
  std::vector<std::string> problems;
  for (const auto& [section, options] : self.checked) {
    config::OptionChecks checks(setup.table, section);
    options->examine(checks);
    problems.insert(problems.end(), checks.problems().begin(), checks.problems().end());
  }
  if (!problems.empty()) {
    return fail(ErrorKind::config, "{}", join(problems, "\n"));
  }
  return {};
}

/// What the pipeline and the person at the keyboard say.
config::Layers
operator_layers(const Setup& setup, const Invocation& invocation, Flags flags)
{
  config::Layers layers;
  const auto gates = gate::known_gates();
  layers.other_keys = {"gates"};
  layers.other_sections = {gates.begin(), gates.end()};
  layers.environment = invocation.environment;
  layers.styles = variable_styles(setup.context.platform);
  // The third and fourth are what GitHub's runner itself reads in a step that names an image, the last is promote's.
  layers.other_variables = {"command", "gates", "args", "entrypoint", "slack-webhook"};
  for (const gate::StepVariable& variable : gate::step_variables) {
    layers.other_variables.insert(variable.name);
  }
  layers.other_variables.insert(gate::run_variables.begin(), gate::run_variables.end());
  layers.flags = std::move(flags);
  return layers;
}

/// What the hook that we are run by says of the run.
Result<>
take_hook(Setup& setup, const Invocation& invocation, const CommandLine& line)
{
  const config::CommonOptions& options = setup.options;
  if (options.pre_commit + options.pre_push + options.pre_receive > 1) {
    return fail(ErrorKind::usage, "--pre-commit, --pre-push and --pre-receive: a hook is one of them");
  }
  if (options.pre_commit) {
    ci::take_pre_commit(setup.context, invocation.environment);
  }
  if (options.pre_push || options.pre_receive) {
    setup.context.event = options.pre_push ? ci::Event::pre_push : ci::Event::pre_receive;
    setup.context.event_name = options.pre_push ? "pre-push" : "pre-receive";
    if (!line.positional.empty()) {
      setup.context.remote = line.positional.front();
      setup.context.remote_url = line.positional.back();
    }
    const auto input = invocation.read_standard_input();
    if (!input) {
      setup.context.unread_refs = input.error().message;
      return {};
    }
    TRY_ASSIGN(setup.context.pushed, options.pre_push ? ci::parse_pre_push(*input) : ci::parse_pre_receive(*input));
    if (options.pre_receive && setup.context.pushed.empty()) {
      setup.context.unread_refs = "it names no ref, and git runs this hook only for some";
    }
  }
  return {};
}

Result<>
prepare(Setup& setup, const Invocation& invocation, const CommandLine& line, const CommandSelf& self)
{
  config::Layers layers = operator_layers(setup, invocation, line.flags);
  config::apply_operator_layers(setup.table, layers);
  TRY_ASSIGN(setup.context, ci::detect(invocation.environment));
  TRY(take_hook(setup, invocation, line));
  if (!setup.options.default_branch.empty()) {
    setup.context.default_branch = setup.options.default_branch;
  }
  TRY(open_repository(setup, invocation));
  const bool is_named = !setup.options.config.empty();
  const std::string name = is_named ? setup.options.config : ".sluice.yml";
  const fs::path file = is_named ? policy_path(setup, invocation, name) : policy_root(setup) / name;
  find_trust(setup, file);
  TRY(resolve_range(setup));
  TRY_ASSIGN(PolicyFile policy_file, read_policy_file(setup, file, name));
  TRY(require_there(policy_file.own, setup));
  if (policy_file.unread) {
    setup.gaps.push_back(*policy_file.unread);
  }
  layers.rebase = [&setup, &invocation](std::string_view path) { return from_root(setup, invocation, path); };
  layers.locate = [&setup, &invocation](std::string_view path, config::Layer layer) {
    const fs::path& from = layer == config::Layer::file ? setup.directory : invocation.directory;
    return (from / path).lexically_normal().string();
  };
  const bool is_own = setup.trust.source == ci::Trust::Source::work_tree;
  if (!is_own && policy_file.trusted && policy_file.trusted->text != policy_file.own.text) {
    setup.powerless = powerless_allowances(policy_file, layers);
  }
  layers.which = is_own ? config::Layers::Which::own : config::Layers::Which::base;
  layers.file = std::move(policy_file.own);
  layers.base_file = std::move(policy_file.trusted);
  TRY_ASSIGN(setup.notices, config::apply_layers(setup.table, layers));
  for (std::string& notice : near_misses(setup)) {
    setup.notices.push_back(std::move(notice));
  }
  if (setup.trust.source == ci::Trust::Source::absent) {
    setup.notices.push_back(absent_tip(setup.trust));
  }
  return check_values(setup, self);
}

}  // namespace

std::vector<config::VariableStyle>
variable_styles(ci::Platform platform)
{
  using Style = config::VariableStyle;
  std::vector<Style> styles{{"SLUICE_", Style::Hyphen::underscore}};
  if (platform == ci::Platform::github || platform == ci::Platform::act) {
    styles.push_back({"INPUT_", Style::Hyphen::kept});
  }
  if (platform == ci::Platform::woodpecker || platform == ci::Platform::drone) {
    styles.push_back({"PLUGIN_", Style::Hyphen::underscore});
  }
  return styles;
}

tl::expected<CommandLine, int>
begin_command(Setup& setup, const Invocation& invocation, const CommandSelf& self)
{
  const auto print = [&invocation](std::string_view text) {
    invocation.out << text;
    return tl::make_unexpected(exit_status(Verdict::pass));
  };
  const auto failed = [&](const Error& error) {
    return tl::make_unexpected(emit_failure(self.tool, error, setup, invocation));
  };
  setup.context = ci::identify(invocation.environment);
  const auto& given = invocation.arguments;
  // git gives a pre-push hook the remote's name and URL, to be handed on as they are.
  const bool is_pre_push =
      !flags_given("pre-push", given).empty() || std::find(given.begin(), given.end(), "--pre-push") != given.end();
  auto line = parse_command_line(setup.table, given, self.most_arguments + (is_pre_push ? 2 : 0));
  if (!line) {
    config::apply_operator_layers(setup.table,
                                  operator_layers(setup, invocation, flags_given("format", invocation.arguments)));
    return failed(line.error());
  }
  setup.line = *line;
  if (line->has("help")) {
    return print(self.help());
  }
  if (line->has("version")) {
    return print(fmt::format("{} {}\n", self.name, version));
  }
  if (auto prepared = guarded([&] { return prepare(setup, invocation, *line, self); }); !prepared) {
    return failed(prepared.error());
  }
  if (line->has("show-config")) {
    return print(output::inert_text(redacted(config::show_config(setup.table), invocation)));
  }
  if (self.has_own_formats) {
    setup.options.format.clear();
  } else if (auto checked = check_formats(setup, invocation); !checked) {
    return failed(checked.error());
  }
  return *std::move(line);
}

}  // namespace sluice::cli
