// SPDX-License-Identifier: Apache-2.0
#include "env/survey.hpp"

#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "env/format.hpp"
#include "env/readers.hpp"
#include "env/repository_files.hpp"
#include "env/targets.hpp"
#include "gate/lfs_pointer.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::env {

namespace {

/// A file that somebody names is one of dotenv unless it is of something else that is known.
bool
is_plain_text_file(const Survey& survey, std::string_view path)
{
  const auto is_of = [path](const auto* kind) { return kind->has(path); };
  return survey.tree->kind(path) == gate::EntryKind::file && std::none_of(languages().begin(), languages().end(), is_of)
         && std::none_of(formats().begin(), formats().end(), is_of);
}

/// Files that are dotenv files by their name, or because a program loads them or settings name them.
std::set<std::string, std::less<>>
dotenv_paths(const Survey& survey, const std::vector<std::string>& named)
{
  std::set<std::string, std::less<>> found;
  const auto add_if_there = [&](std::string_view path) {
    if (std::binary_search(survey.paths.begin(), survey.paths.end(), path)) {
      found.emplace(path);
    }
  };
  for (const std::string& path : survey.paths) {
    if (is_dotenv_path(path)) {
      found.insert(path);
    }
  }
  for (const std::string& path : named) {
    if (is_plain_text_file(survey, path)) {
      found.insert(path);
    }
  }
  for (const Seen& seen : survey.seen) {
    for (const Load& load : seen.loads) {
      add_if_there(load.path);
    }
  }
  for (const auto& [name, setting] : survey.options->environments) {
    for (const std::string& path : setting.files) {
      add_if_there(path.starts_with(survey.prefix) ? std::string_view(path).substr(survey.prefix.size()) : "");
    }
  }
  return found;
}

/// Of a file that settings name the environment is theirs.
void
apply_settings(const Survey& survey, DotenvFile& file)
{
  for (const auto& [name, setting] : survey.options->environments) {
    const std::string path = survey.prefix + file.source.path();
    if (std::find(setting.files.begin(), setting.files.end(), path) != setting.files.end()) {
      file.environment = name;
      file.stage = stage_of(name);
      file.phase = setting.phase;
    }
  }
}

void
read_dotenv_files(Survey& survey, const std::vector<std::string>& named)
{
  for (const std::string& path : dotenv_paths(survey, named)) {
    auto text = read_path(survey, path, std::uint64_t{64} << 20U);
    if (!text) {
      if (survey.tree->kind(path) != gate::EntryKind::none) {
        survey.gaps.push_back({GapKind::unreadable, survey.prefix + path, text.error().message, {}});
      }
      continue;
    }
    DotenvFile& file =
        survey.files.emplace_back(read_dotenv_file(path, *std::move(text), readers_of(path, survey.seen)));
    file.is_tracked = survey.is_of_repository && survey.tracked.contains(path);
    apply_settings(survey, file);
    const auto& refusal = file.reading().refusal;
    if (refusal) {
      survey.gaps.push_back({GapKind::unparsable, fmt::format("{}{}:{}", survey.prefix, path, refusal->line),
                             fmt::format("{} refuses the file: {}", file.readers.front().dialect->title, refusal->why),
                             "Mend the line; none of the file's values could be judged"});
    }
  }
}

/// What settings name and nobody has.
void
tell_missing_files(Survey& survey)
{
  for (const auto& [name, setting] : survey.options->environments) {
    for (const std::string& path : setting.files) {
      const auto is_it = [&](const DotenvFile& file) { return survey.prefix + file.source.path() == path; };
      const bool is_told = std::any_of(survey.gaps.begin(), survey.gaps.end(),
                                       [&](const Gap& gap) { return gap.subject.starts_with(path); });
      if (!is_told && std::none_of(survey.files.begin(), survey.files.end(), is_it)) {
        survey.gaps.push_back({GapKind::unreadable, path,
                               fmt::format("the environment {} is said to have this file, and it is not there", name),
                               "Name a file that is there in `env: environments:`, or a store of names by `--store`"});
      }
    }
  }
}

}  // namespace

std::string
title_of(const Target& target)
{
  if (!target.files.empty() && target.files.front()->source.path().empty()) {
    return "this process's environment";
  }
  const std::string_view name = target.name.empty() ? std::string_view("every environment") : target.name;
  return target.directory.empty() ? std::string(name) : fmt::format("{}: {}", target.directory, name);
}

std::string
subject_of(const Target& target, std::string_view name)
{
  return fmt::format("env:{}{}/{}", target.directory.empty() ? "" : target.directory + "/",
                     target.name.empty() ? "any" : target.name, name);
}

Result<std::unique_ptr<const Survey>>
survey(const SurveyRequest& request)
{
  auto result = std::make_unique<Survey>();
  Survey& survey = *result;
  survey.options = &request.options;
  survey.tree = &request.tree;
  survey.prefix = request.prefix;
  survey.is_of_repository = request.is_of_repository;
  survey.today = request.today;
  survey.fingerprints = request.fingerprints;
  list_files(survey);
  look_at_files(survey, request.threads);
  read_dotenv_files(survey, request.dotenv);
  tell_missing_files(survey);
  survey.wanted = put_together(survey.schemas);
  TRY_ASSIGN(survey.targets, targets_of(survey, request.stores));
  survey.usage = usage_of(survey);
  return std::unique_ptr<const Survey>(std::move(result));
}

Result<std::string>
read_path(const Survey& survey, std::string_view path, std::uint64_t max_bytes)
{
  const auto linked = survey.linked.find(path);
  TRY_ASSIGN(std::string text,
             survey.tree->read(linked == survey.linked.end() ? path : std::string_view(linked->second), max_bytes));
  if (gate::is_lfs_pointer(text)) {
    return fail(ErrorKind::input, "is kept by Git LFS, and its content is not here");
  }
  return text;
}

Presence
presence_of(const Survey& survey, const Target& target, std::string_view name)
{
  if (const auto held = target.values.find(name); held != target.values.end()) {
    const Entry& entry = *held->second.entry;
    return entry.executes ? Presence::elsewhere
                          : (entry.value && !entry.value->empty() ? Presence::set : Presence::empty);
  }
  if (const auto stored = target.stored.find(name); stored != target.stored.end()) {
    const auto& value = stored->second.value;
    return value ? (value->empty() ? Presence::empty : Presence::set) : Presence::elsewhere;
  }
  const auto wanted = survey.wanted.find(name);
  if (wanted == survey.wanted.end()) {
    return Presence::missing;
  }
  const Item& item = wanted->second.item;
  const bool has_fallback = item.fallback && !item.fallback->empty() && !wanted->second.schema->is_example;
  return item.is_elsewhere || item.need == Need::computed ? Presence::elsewhere
                                                          : (has_fallback ? Presence::defaulted : Presence::missing);
}

}  // namespace sluice::env
