// SPDX-License-Identifier: Apache-2.0
#include "deps/manifest_names.hpp"

#include "base/text.hpp"
#include "data/data.hpp"
#include "deps/manifest_tables.hpp"
#include "deps/node_manifest.hpp"
#include "deps/node_packages.hpp"
#include "deps/version_text.hpp"

#include <array>

namespace sluice::deps {

namespace {

void
keys(Value table, const OnName& on_name)
{
  for (const Value member : table) {
    on_name(member.key(), member.line());
  }
}

/// The name that a requirement of PEP 508 begins with: "requests" of "requests[socks]>=2 ; …".
std::string_view
required_name(std::string_view requirement)
{
  requirement = trim(requirement);
  return take_while(requirement, [](char c) { return is_alphanumeric(c) || is_any_of(c, "-_."); });
}

void
requirements(Value list, const OnName& on_name)
{
  for (const Value each : list) {
    if (const std::string_view name = required_name(each.text()); !name.empty()) {
      on_name(name, each.line());
    }
  }
}

void
lists_of_requirements(Value table, const OnName& on_name)
{
  for (const Value list : table) {
    requirements(list, on_name);
  }
}

/// The three tables of crates; "package" says the name where another stands for it.
void
crates(Value table, const OnName& on_name)
{
  for (const CargoTable& kind : cargo_tables) {
    for (const Value crate : cargo_table(table, kind)) {
      const std::string_view renamed = crate["package"].text();
      on_name(renamed.empty() ? crate.key() : renamed, crate.line());
    }
  }
}

/// What stands between the quote that the text begins with, behind blanks and brackets, and the next one.
std::string_view
quoted(std::string_view text)
{
  static_cast<void>(take_while(text, [](char c) { return is_any_of(c, " \t("); }));
  if (text.empty() || !is_any_of(text.front(), "\"'")) {
    return {};
  }
  const std::size_t end = text.find(text.front(), 1);
  return end == std::string_view::npos ? std::string_view() : text.substr(1, end - 1);
}

template<typename OnLine>
void
each_line(std::string_view text, OnLine on_line)
{
  std::uint32_t number = 0;
  for (const std::string_view line : lines_of(text)) {
    on_line(line, ++number);
  }
}

}  // namespace

void
names_in_package_json(std::string_view text, const OnName& on_name)
{
  if (const auto manifest = parse_node_manifest(std::string(text))) {
    for (const ManifestNeed& need : (*manifest)->needs) {
      const auto alias = alias_in(need.range);
      on_name(alias ? alias->name : need.name, need.line);
    }
  }
}

void
names_in_composer_json(std::string_view text, const OnName& on_name)
{
  if (const auto data = read_json_data(text)) {
    keys(data->root()["require"], on_name);
    keys(data->root()["require-dev"], on_name);
  }
}

void
names_in_cargo_toml(std::string_view text, const OnName& on_name)
{
  if (const auto data = read_toml_data(text)) {
    const Value root = data->root();
    crates(root, on_name);
    crates(root["workspace"], on_name);
    for (const Value target : root["target"]) {
      crates(target, on_name);
    }
  }
}

void
names_in_pyproject(std::string_view text, const OnName& on_name)
{
  const auto data = read_toml_data(text);
  if (!data) {
    return;
  }
  const Value root = data->root();
  requirements(root["project"]["dependencies"], on_name);
  lists_of_requirements(root["project"]["optional-dependencies"], on_name);
  lists_of_requirements(root["dependency-groups"], on_name);
  requirements(root["tool"]["uv"]["dev-dependencies"], on_name);
  lists_of_requirements(root["tool"]["pdm"]["dev-dependencies"], on_name);
  const Value poetry = root["tool"]["poetry"];
  keys(poetry["dependencies"], on_name);
  keys(poetry["dev-dependencies"], on_name);
  for (const Value group : poetry["group"]) {
    keys(group["dependencies"], on_name);
  }
}

void
names_in_pipfile(std::string_view text, const OnName& on_name)
{
  if (const auto data = read_toml_data(text)) {
    for (const Value table : data->root()) {
      if (is_pipfile_category(table)) {
        keys(table, on_name);
      }
    }
  }
}

void
names_in_pubspec(std::string_view text, const OnName& on_name)
{
  if (const auto documents = read_yaml_data(text); documents && !documents->empty()) {
    keys(documents->front().root()["dependencies"], on_name);
    keys(documents->front().root()["dev_dependencies"], on_name);
  }
}

void
names_in_gemfile(std::string_view text, const OnName& on_name)
{
  each_line(text, [&on_name](std::string_view line, std::uint32_t number) {
    line = trim(line);
    if (line.starts_with("gem ") || line.starts_with("gem(") || line.starts_with("gem\t")) {
      if (const std::string_view name = quoted(line.substr(3)); !name.empty()) {
        on_name(name, number);
      }
    }
  });
}

void
names_in_mix(std::string_view text, const OnName& on_name)
{
  each_line(text, [&on_name](std::string_view line, std::uint32_t number) {
    for (std::string_view name = next_in_mix_exs(line); !name.empty(); name = next_in_mix_exs(line)) {
      on_name(name, number);
    }
  });
}

void
names_in_msbuild(std::string_view text, const OnName& on_name)
{
  each_line(text, [&on_name](std::string_view line, std::uint32_t number) {
    constexpr std::array<std::string_view, 2> elements{"<PackageReference", "<PackageVersion"};
    for (const std::string_view element : elements) {
      const std::size_t at = line.find(element);
      const std::size_t include = at == std::string_view::npos ? at : line.find("Include=", at);
      if (include != std::string_view::npos) {
        on_name(quoted(line.substr(include + 8)), number);
      }
    }
  });
}

}  // namespace sluice::deps
