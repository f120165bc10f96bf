// SPDX-License-Identifier: Apache-2.0
#include "deps/python.hpp"

#include "base/text.hpp"
#include "deps/beside.hpp"
#include "deps/ecosystem.hpp"
#include "deps/missing.hpp"
#include "deps/not_locked.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_set>

namespace sluice::deps {

namespace {

constexpr std::string_view name_characters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";

/// Takes "[a, b]" from the front; false if it does not end.
bool
take_extras(std::string_view& text, std::vector<std::string_view>& extras)
{
  if (!text.starts_with('[')) {
    return true;
  }
  const std::size_t end = text.find(']');
  if (end == std::string_view::npos) {
    return false;
  }
  for (const std::string_view extra : split(text.substr(1, end - 1), ',')) {
    if (!trim(extra).empty()) {
      extras.push_back(trim(extra));
    }
  }
  text = trim(text.substr(end + 1));
  return true;
}

/// Splits off the marker: of a URL only behind a blank, as the grammar has it.
std::string_view
take_marker(std::string_view& text, bool is_url)
{
  std::size_t at = text.find(';');
  while (is_url && at != std::string_view::npos && at > 0 && text[at - 1] != ' ' && text[at - 1] != '\t') {
    at = text.find(';', at + 1);
  }
  if (at == std::string_view::npos) {
    return {};
  }
  const std::string_view marker = trim(text.substr(at + 1));
  text = trim(text.substr(0, at));
  return marker;
}

/// Collects from the tables of a pyproject.toml.
class ProjectReader
{
public:
  explicit ProjectReader(Value root)
      : project_(root["project"]),
        tool_(root["tool"])
  {
    result.name = python_name(project_["name"].is_text() ? project_["name"].text() : tool_["poetry"]["name"].text());
    read_standard(root);
    read_poetry();
    read_groups(tool_["pdm"]["dev-dependencies"], Scope::dev);
    for (const Value item : tool_["uv"]["dev-dependencies"]) {
      add(item.text(), Scope::dev);
    }
    take_out_excluded();
  }

  PythonProject result;

private:
  /// What uv and PDM are told to leave out of the lockfile, or to take under a condition alone.
  void
  take_out_excluded()
  {
    for (const Value excluded : {tool_["uv"]["exclude-dependencies"], tool_["pdm"]["resolution"]["excludes"]}) {
      for (const Value item : excluded) {
        result.needs.erase(python_name(item.text()));
      }
    }
    for (const Value item : tool_["uv"]["override-dependencies"]) {
      const auto requirement = parse_python_requirement(item.text());
      if (requirement && !requirement->marker.empty()) {
        result.needs.erase(python_name(requirement->name));
      }
    }
  }

  void
  read_standard(Value root)
  {
    for (const Value item : project_["dependencies"]) {
      add(item.text(), Scope::runtime);
    }
    read_groups(project_["optional-dependencies"], Scope::optional);
    read_groups(root["dependency-groups"], Scope::dev);
  }

  void
  read_groups(Value groups, Scope scope)
  {
    for (const Value group : groups) {
      result.groups.emplace(python_name(group.key()), scope);
      for (const Value item : group) {
        add(item.text(), scope);
      }
    }
  }

  void
  read_poetry()
  {
    const Value poetry = tool_["poetry"];
    // Beside the standard's tables these only say from where (python-poetry.org, "dependencies").
    const bool only_adds = project_["dependencies"] || project_["optional-dependencies"];
    if (!only_adds) {
      read_poetry_table(poetry["dependencies"], Scope::runtime);
    }
    for (const Value extra : poetry["extras"]) {
      result.groups.emplace(python_name(extra.key()), Scope::optional);
    }
    read_poetry_table(poetry["dev-dependencies"], Scope::dev);
    for (const Value group : poetry["group"]) {
      result.groups.emplace(python_name(group.key()), Scope::dev);
      read_poetry_table(group["dependencies"], Scope::dev);
    }
  }

  void
  read_poetry_table(Value table, Scope scope)
  {
    for (const Value needed : table) {
      if (python_name(needed.key()) == "python") {
        continue;
      }
      // Several constraints of one package are a list of tables.
      const Value first = needed.is_list() ? needed.item(0) : needed;
      PythonProject::Named named{.scope = first["optional"].is_true() ? std::max(scope, Scope::optional) : scope};
      named.has_marker = needed.is_list() || first["markers"] || first["python"] || first["platform"];
      named.is_registry = !(first["path"] || first["git"] || first["url"] || first["file"]);
      for (const Value extra : first["extras"]) {
        named.extras.push_back(python_name(extra.text()));
      }
      result.needs.emplace(python_name(needed.key()), std::move(named));
    }
  }

  void
  add(std::string_view text, Scope scope)
  {
    const auto requirement = parse_python_requirement(text);
    if (!requirement) {
      return;
    }
    PythonProject::Named named{.scope = scope};
    named.has_marker = !requirement->marker.empty();
    named.is_registry = requirement->url.empty();
    for (const std::string_view extra : requirement->extras) {
      named.extras.push_back(python_name(extra));
    }
    result.needs.emplace(python_name(requirement->name), std::move(named));
  }

  Value project_, tool_;
};

}  // namespace

std::string
python_name(std::string_view name)
{
  static const Ecosystem& ecosystem = *find_ecosystem(pypi);
  return normalised(ecosystem, name);
}

std::optional<PythonRequirement>
parse_python_requirement(std::string_view text)
{
  text = trim(text);
  PythonRequirement result;
  result.name = text.substr(0, std::min(text.find_first_not_of(name_characters), text.size()));
  if (result.name.empty()) {
    return std::nullopt;
  }
  text = trim(text.substr(result.name.size()));
  if (!take_extras(text, result.extras)) {
    return std::nullopt;
  }
  const bool is_url = text.starts_with('@');
  if (is_url) {
    text = trim(text.substr(1));
  }
  result.marker = take_marker(text, is_url);
  if (is_url) {
    result.url = text;
    return text.empty() ? std::nullopt : std::optional(result);
  }
  if (text.size() >= 2 && text.front() == '(' && text.back() == ')') {
    text = trim(text.substr(1, text.size() - 2));
  }
  result.specifier = text;
  return text.empty() || std::string_view("<>=!~").find(text.front()) != std::string_view::npos ? std::optional(result)
                                                                                                : std::nullopt;
}

std::string_view
pinned_python_version(std::string_view specifier)
{
  const bool is_arbitrary = specifier.starts_with("===");
  if (!specifier.starts_with("==")) {
    return {};
  }
  const std::string_view version = trim(specifier.substr(is_arbitrary ? 3 : 2));
  if (version.find(',') != std::string_view::npos || (!is_arbitrary && version.ends_with("*"))
      || version.find_first_of(" \t<>=!~") != std::string_view::npos) {
    return {};
  }
  return version;
}

std::string_view
version_in_python_archive(std::string_view url, std::string_view name)
{
  url = url.substr(0, url.find_first_of("?#"));
  std::string_view file = url.substr(url.rfind('/') + 1);
  const bool is_wheel = file.ends_with(".whl");
  for (const std::string_view ending : {".whl", ".tar.gz", ".zip", ".tar.bz2"}) {
    if (file.ends_with(ending)) {
      file.remove_suffix(ending.size());
      const std::size_t hyphen = is_wheel ? file.find('-') : file.rfind('-');
      if (hyphen == std::string_view::npos || python_name(file.substr(0, hyphen)) != python_name(name)) {
        return {};
      }
      const std::string_view rest = file.substr(hyphen + 1);
      return is_wheel ? rest.substr(0, rest.find('-')) : rest;
    }
  }
  return {};
}

std::optional<PythonProject>
read_python_project(const Surroundings& around, PackageList& list, std::string_view path)
{
  const auto project = toml_beside(around, path, list);
  return project ? std::optional(ProjectReader(project->data.root()).result) : std::nullopt;
}

Scope
scope_of_group_name(std::string_view group)
{
  static constexpr std::array<std::string_view, 18> words{
      "dev", "develop", "development", "test", "tests",  "testing", "doc", "docs",      "lint",
      "ci",  "linting", "type",        "mypy", "typing", "format",  "qa",  "benchmark", "bench"};
  const std::string lower = python_name(group);
  const std::vector<std::string_view> parts = split(lower, '-');
  const bool is_development = std::any_of(parts.begin(), parts.end(), [](std::string_view part) {
    return std::find(words.begin(), words.end(), part) != words.end();
  });
  return is_development ? Scope::dev : Scope::optional;
}

void
require_python_packages(const PythonProject& project, PackageList& list, std::string_view command, Scope worst)
{
  if (list.is_refused()) {
    return;
  }
  std::unordered_set<std::string> locked;
  for (const Package& package : list.packages()) {
    locked.insert(python_name(package.name));
  }
  Missing missing;
  for (const auto& [name, named] : project.needs) {
    if (!named.is_registry || named.has_marker || name == project.name || locked.contains(name)) {
      continue;
    }
    if (!list.has_third_party()) {
      locks_nothing(list, "pyproject.toml", name, fmt::format("Make the lockfile anew with {}", command));
      return;
    }
    if (named.scope <= worst) {
      missing.add(name, 0);
    }
  }
  missing.tell(list, command);
}

}  // namespace sluice::deps
