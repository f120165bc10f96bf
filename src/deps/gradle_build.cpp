// SPDX-License-Identifier: Apache-2.0
#include "deps/gradle_build.hpp"

#include "base/text.hpp"
#include "deps/beside.hpp"

#include <algorithm>
#include <unordered_map>

namespace sluice::deps {

namespace {

using Modules = std::set<std::string>;

bool
is_identifier(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

bool
is_coordinate(std::string_view text)
{
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return is_identifier(c) || c == '-'; });
}

/// Of "group:name:version@jar" the first two.
std::string
module_of(std::string_view notation)
{
  const std::vector<std::string_view> parts = split(notation, ':');
  return parts.size() >= 2 && is_coordinate(parts[0]) && is_coordinate(parts[1])
             ? std::string(parts[0]) + ":" + std::string(parts[1])
             : std::string();
}

/// Whether a map's key ("group:" or "group =") ends where a text begins.
bool
is_after(std::string_view before, std::string_view key)
{
  while (!before.empty() && (before.back() == ' ' || before.back() == ':' || before.back() == '=')) {
    before.remove_suffix(1);
  }
  return before.ends_with(key);
}

/// The build file's quoted texts, comments left out.
template<typename Use>
void
for_each_text(std::string_view build, Use use)
{
  for (std::size_t i = 0; i < build.size(); ++i) {
    if (build.substr(i, 2) == "//") {
      i = std::min(build.find('\n', i), build.size());
    } else if (build.substr(i, 2) == "/*") {
      i = std::min(build.find("*/", i + 2), build.size());
    } else if (build[i] == '"' || build[i] == '\'') {
      const std::size_t end = build.find_first_of(build[i] == '"' ? "\"\n" : "'\n", i + 1);
      if (end == std::string_view::npos) {
        return;
      }
      use(i, build.substr(i + 1, end - i - 1));
      i = end;
    }
  }
}

void
add_texts(std::string_view build, Modules& modules)
{
  std::string group;
  for_each_text(build, [&](std::size_t at, std::string_view text) {
    const std::string_view before = build.substr(at > 16 ? at - 16 : 0, std::min<std::size_t>(at, 16));
    if (is_after(before, "group")) {
      group = text;
    } else if (is_after(before, "name") && !group.empty()) {
      modules.insert(group + ":" + std::string(text));
      group.clear();
    } else if (std::string module = module_of(text); !module.empty()) {
      modules.insert(std::move(module));
    }
  });
}

/// The alias of a catalogue as a build writes it: "-" and "_" are dots.
std::string
accessor(std::string_view alias)
{
  return replace_all(replace_all(alias, "-", "."), "_", ".");
}

std::string
module_of_entry(Value entry)
{
  if (entry.is_text()) {
    return module_of(entry.text());
  }
  return entry["module"].is_text() ? module_of(entry["module"].text())
                                   : std::string(entry["group"].text()) + ":" + std::string(entry["name"].text());
}

void
add_catalogue(const Data& catalogue, std::string_view build, Modules& modules)
{
  std::unordered_map<std::string, std::vector<std::string>> by_accessor;
  std::unordered_map<std::string_view, std::string> by_alias;
  for (const Value entry : catalogue.root()["libraries"]) {
    by_alias[entry.key()] = module_of_entry(entry);
    by_accessor[accessor(entry.key())] = {by_alias[entry.key()]};
  }
  for (const Value bundle : catalogue.root()["bundles"]) {
    std::vector<std::string>& all = by_accessor["bundles." + accessor(bundle.key())];
    for (const Value alias : bundle) {
      all.push_back(by_alias[alias.text()]);
    }
  }
  constexpr std::string_view prefix = "libs.";
  for (std::size_t at = build.find(prefix); at != std::string_view::npos; at = build.find(prefix, at + 1)) {
    const std::string_view rest = build.substr(at + prefix.size());
    const auto end = std::find_if_not(rest.begin(), rest.end(), is_identifier);
    std::string_view used = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
    used = used.ends_with(".get") ? used.substr(0, used.size() - 4) : used;
    if (const auto found = by_accessor.find(std::string(used)); found != by_accessor.end()) {
      modules.insert(found->second.begin(), found->second.end());
    }
  }
}

}  // namespace

std::set<std::string>
modules_of_build(const Surroundings& around, PackageList& list)
{
  Modules modules;
  std::string all;
  for (const std::string_view name : {"build.gradle", "build.gradle.kts"}) {
    if (const auto text = text_beside(around, name, list)) {
      add_texts(*text, modules);
      all += *text + "\n";
    }
  }
  // The catalogue lies at the root of the build, which may be a few directories up.
  std::string up;
  for (std::size_t level = 0; level < 8 && all.find("libs.") != std::string::npos; ++level, up += "../") {
    const std::string path = up + "gradle/libs.versions.toml";
    const auto resolved = around.resolve(path);
    if (resolved && around.tree().is_file(*resolved)) {
      if (const auto catalogue = toml_beside(around, path, list)) {
        add_catalogue(catalogue->data, all, modules);
      }
      break;
    }
  }
  return modules;
}

}  // namespace sluice::deps
