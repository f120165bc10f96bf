// SPDX-License-Identifier: Apache-2.0
#include "env/process_file.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 6> usual_names{"APP_ENV",   "ENVIRONMENT", "NODE_ENV",
                                                      "RAILS_ENV", "RACK_ENV",    "ASPNETCORE_ENVIRONMENT"};

Reading
read_process(std::string_view /*text*/, const Environment& /*outer*/)
{
  return {};
}

constexpr std::string_view unnamed_process = "process";

constexpr Dialect process_dialect{"process", "the process", read_process};

std::string_view
environment_value(const Survey& project, const Environment& process)
{
  for (const Schema& schema : project.schemas) {
    const auto value = schema.current_environment.empty() ? "" : value_of(process, schema.current_environment);
    if (!value.empty()) {
      return value;
    }
  }
  for (const std::string_view name : usual_names) {
    if (const auto value = value_of(process, name); !value.empty()) {
      return value;
    }
  }
  return {};
}

/// A schema says which variable names the environment, and so could make a secret's value its name.
bool
is_known_name(const Survey& project, std::string_view name)
{
  const auto& targets = project.targets;
  const auto& wanted = project.wanted;
  return is_stage_word(name) || project.options->environments.contains(std::string(name))
         || std::any_of(targets.begin(), targets.end(), [name](const Target& target) { return target.name == name; })
         || std::any_of(wanted.begin(), wanted.end(),
                        [name](const auto& each) { return each.second.item.needed_in.contains(name); });
}

bool
is_of_project(const Survey& project, std::string_view name)
{
  const auto usage = project.usage.find(name);
  return project.wanted.contains(name) || (usage != project.usage.end() && !usage->second.reads.empty());
}

}  // namespace

DotenvFile
process_file(const Survey& project, const Environment& process)
{
  Reading reading;
  std::string text;
  for (const auto& [name, value] : process) {
    if (is_of_project(project, name)) {
      const std::size_t begin = text.size();
      text.append(name).append("\n");
      reading.entries.push_back(
          {name, value, false, false, {begin, begin + name.size()}, {begin + name.size(), begin + name.size()}});
    }
  }
  DotenvFile file{
      .source = gate::SourceText({}, std::move(text)), .environment = {}, .faults = {}, .readers = {}, .readings = {}};
  file.is_tracked = false;
  file.readers.push_back({&process_dialect, {}, 0, "process", Load::To::own});
  file.readings.push_back(std::move(reading));
  return file;
}

std::unique_ptr<const Survey>
process_survey(const Survey& project, const Environment& process, std::string_view environment)
{
  auto result = std::make_unique<Survey>();
  result->options = project.options;
  result->tree = project.tree;
  result->prefix = project.prefix;
  result->today = project.today;
  result->schemas = project.schemas;
  result->wanted = put_together(result->schemas);
  result->files.push_back(process_file(project, process));
  DotenvFile& file = result->files.front();
  const std::string_view told = environment.empty() ? environment_value(project, process) : environment;
  file.environment = !environment.empty() || is_known_name(project, told) ? told : unnamed_process;
  file.stage = stage_of(told);
  Target target{.directory = {}, .name = file.environment, .stage = file.stage};
  const auto setting = project.options->environments.find(file.environment);
  if (setting != project.options->environments.end()) {
    target.setting = &setting->second;
    target.phase = setting->second.phase;
  }
  target.files = {&file};
  for (const Entry& entry : file.reading().entries) {
    target.values[entry.key] = {&file, &entry};
  }
  result->targets.push_back(std::move(target));
  // What reads a variable decides whether an empty one matters; where it is read is not judged here.
  result->usage = project.usage;
  for (auto& [name, variable] : result->usage) {
    variable.verdict = UsageVerdict::ok;
  }
  return result;
}

}  // namespace sluice::env
