// SPDX-License-Identifier: Apache-2.0
#include "env/targets.hpp"

#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "env/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace sluice::env {

namespace {

void
take_values(Target& target)
{
  for (const DotenvFile* file : target.files) {
    for (const Entry& entry : file->reading().entries) {
      target.values[entry.key] = {file, &entry};
    }
  }
}

const DotenvFile*
file_at(const Survey& survey, std::string_view path)
{
  const auto found = std::find_if(survey.files.begin(), survey.files.end(),
                                  [path](const DotenvFile& file) { return file.source.path() == path; });
  return found == survey.files.end() ? nullptr : &*found;
}

/// Paths of settings count from the root of the repository.
std::string_view
below(std::string_view prefix, std::string_view path)
{
  return path.starts_with(prefix) ? path.substr(prefix.size()) : std::string_view();
}

class Grouping
{
public:
  explicit Grouping(const Survey& survey)
      : survey_(survey)
  {}

  std::vector<Target>
  take()
  {
    for (const auto& [name, setting] : survey_.options->environments) {
      add_setting(name, setting);
    }
    std::map<std::string, std::vector<const DotenvFile*>, std::less<>> directories;
    for (const DotenvFile& file : survey_.files) {
      if (!claimed_.contains(&file)) {
        directories[std::string(directory_of(file.source.path()))].push_back(&file);
      }
    }
    for (const auto& [directory, files] : directories) {
      add_directory(directory, files);
    }
    for (Target& target : targets_) {
      take_values(target);
    }
    return std::move(targets_);
  }

private:
  void
  add_setting(const std::string& name, const EnvironmentSetting& setting)
  {
    Target target{.directory = {}, .name = name, .stage = stage_of(name), .phase = setting.phase, .setting = &setting};
    for (const std::string& path : setting.files) {
      if (const DotenvFile* file = file_at(survey_, below(survey_.prefix, path))) {
        target.files.push_back(file);
        claimed_.insert(file);
      }
    }
    targets_.push_back(std::move(target));
  }

  /// `.env` holds for every environment, `.env.production` for one, and `.env.production.local` for one of one machine.
  void
  add_directory(const std::string& directory, const std::vector<const DotenvFile*>& files)
  {
    std::vector<const DotenvFile*> common;
    std::map<std::string, std::vector<const DotenvFile*>, std::less<>> named;
    for (const DotenvFile* file : files) {
      file->environment.empty() ? common.push_back(file) : named[file->environment].push_back(file);
    }
    for (const auto& [name, own] : named) {
      Target target{.directory = directory, .name = name, .stage = stage_of(name), .files = common};
      target.files.insert(target.files.end(), own.begin(), own.end());
      targets_.push_back(std::move(target));
    }
    if (named.empty() && !common.empty()) {
      targets_.push_back({.directory = directory, .name = {}, .files = common});
    }
  }

  const Survey& survey_;
  std::vector<Target> targets_;
  std::set<const DotenvFile*> claimed_;
};

Result<std::vector<StoredName>>
read_store(const GivenStore& given)
{
  for (const Store* store : stores()) {
    if (store->has(given.text)) {
      auto names = store->read(given.text);
      if (!names) {
        return fail(ErrorKind::input, "{}: {}", printable(given.path), names.error().message);
      }
      return names;
    }
  }
  std::string known;
  for (const Store* store : stores()) {
    known += fmt::format("{}{}", known.empty() ? "" : ", ", store->title);
  }
  return fail(ErrorKind::input, "{}: is no listing that is known; these are: {}", printable(given.path), known);
}

Target&
target_named(std::string_view name, std::vector<Target>& targets)
{
  const auto found =
      std::find_if(targets.begin(), targets.end(), [name](const Target& target) { return target.name == name; });
  if (found != targets.end()) {
    return *found;
  }
  return targets.emplace_back(Target{.directory = {}, .name = std::string(name), .stage = stage_of(name)});
}

}  // namespace

Result<std::vector<Target>>
targets_of(const Survey& survey, const std::vector<GivenStore>& stores)
{
  std::vector<Target> targets = Grouping(survey).take();
  for (const GivenStore& given : stores) {
    TRY_ASSIGN(const std::vector<StoredName> names, read_store(given));
    Target& target = target_named(given.environment, targets);
    target.has_store = true;
    for (const StoredName& name : names) {
      const bool is_of_it =
          name.environments.empty()
          || std::any_of(name.environments.begin(), name.environments.end(),
                         [&](const std::string& each) { return to_lower(each) == to_lower(given.environment); });
      if (is_of_it) {
        target.stored.emplace(name.name, name);
      }
    }
  }
  std::stable_sort(targets.begin(), targets.end(), [](const Target& a, const Target& b) {
    return std::tie(a.directory, a.name) < std::tie(b.directory, b.name);
  });
  return targets;
}

}  // namespace sluice::env
