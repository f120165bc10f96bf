// SPDX-License-Identifier: Apache-2.0
#include "deps/manifest_line.hpp"

#include "base/tree_path.hpp"
#include "deps/ecosystem.hpp"
#include "deps/manifest_names.hpp"
#include "deps/nuget_project_listing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_set>

namespace sluice::deps {

namespace {

constexpr std::size_t most_lines = 10;
/// A workspace of more members names a package in so many places that ten of them are found among these.
constexpr std::size_t most_manifests = 1000;
constexpr std::uint64_t most_bytes = std::uint64_t{4} << 20U;

/// With the slash, so that it is the beginning of what is below.
std::string_view
beginning_of(std::string_view path)
{
  return path.substr(0, path.size() - file_name_of(path).size());
}

}  // namespace

struct ManifestLines::Kind
{
  std::string_view file_name;  ///< `any_project` for .NET
  void (*names)(std::string_view text, const OnName& on_name);
};

namespace {

constexpr std::string_view any_project = "*.*proj";

}  // namespace

ManifestLines::ManifestLines(const LockedFiles& locked)
    : locked_(locked)
{}

const ManifestLines::Kind*
ManifestLines::kind_of(const LockedFile& file)
{
  static const Kind package_json{"package.json", names_in_package_json};
  static const Kind cargo_toml{"Cargo.toml", names_in_cargo_toml};
  static const Kind pyproject{"pyproject.toml", names_in_pyproject};
  static const Kind composer_json{"composer.json", names_in_composer_json};
  static const Kind gems{"gems.rb", names_in_gemfile};
  static const Kind gemfile{"Gemfile", names_in_gemfile};
  static const Kind pipfile{"Pipfile", names_in_pipfile};
  static const Kind pubspec{"pubspec.yaml", names_in_pubspec};
  static const Kind mix_exs{"mix.exs", names_in_mix};
  static const Kind net_project{any_project, names_in_msbuild};
  switch (file.format->manifest) {
  case ManifestKind::package_json:
    return &package_json;
  case ManifestKind::cargo_toml:
    return &cargo_toml;
  case ManifestKind::pyproject:
    return &pyproject;
  case ManifestKind::composer_json:
    return &composer_json;
  case ManifestKind::gemfile:
    return file.list.path.ends_with("gems.locked") ? &gems : &gemfile;
  case ManifestKind::pipfile:
    return &pipfile;
  case ManifestKind::pubspec:
    return &pubspec;
  case ManifestKind::mix_exs:
    return &mix_exs;
  case ManifestKind::net_project:
    return &net_project;
  case ManifestKind::itself:
  case ManifestKind::not_searched:
    break;
  }
  return nullptr;
}

const ManifestLines::Names&
ManifestLines::names_in(const std::string& path, const Kind& kind, const Ecosystem& ecosystem)
{
  const auto [at, is_new] = known_.try_emplace(path);
  if (is_new && locked_.tree->after->is_file(path)) {
    if (const auto text = Surroundings(*locked_.tree->after, path).read(file_name_of(path));
        text && text->size() <= most_bytes) {
      kind.names(*text, [&names = at->second, &ecosystem](std::string_view name, std::uint32_t line) {
        names.emplace(normalised(ecosystem, name), line);
      });
    }
  }
  return at->second;
}

/// Those below the directory of the lockfile that have no lockfile of the kind nearer.
std::vector<std::string>
ManifestLines::manifests_of(const LockedFile& file, const Kind& kind)
{
  if (!is_listed_) {
    is_listed_ = true;
    for (const std::string& path : locked_.tree->after->tracked().files) {
      const std::string_view name = file_name_of(path);
      by_name_[std::string(is_net_project(name) ? any_project : name)].push_back(path);
    }
  }
  const std::string& prefix = locked_.tree->prefix;
  const std::string_view own = beginning_of(std::string_view(file.list.path).substr(prefix.size()));
  std::unordered_set<std::string_view> nearer;
  for (const LockedFile& other : locked_.files) {
    const std::string_view directory = beginning_of(std::string_view(other.list.path).substr(prefix.size()));
    if (other.format->manifest == file.format->manifest && directory.size() > own.size()
        && directory.starts_with(own)) {
      nearer.insert(directory);
    }
  }
  std::vector<std::string> found;
  for (const std::string& path : by_name_[std::string(kind.file_name)]) {
    if (found.size() >= most_manifests || !path.starts_with(own)) {
      continue;
    }
    bool is_others = false;
    for (std::string_view directory = beginning_of(path); directory.size() > own.size() && !is_others;
         directory = beginning_of(directory.substr(0, directory.size() - 1))) {
      is_others = nearer.contains(directory);
    }
    if (!is_others) {
      found.push_back(path);
    }
  }
  return found;
}

const ManifestLines::Places&
ManifestLines::places_in_manifests_of(const LockedFile& file, const Kind& kind, const Ecosystem& ecosystem)
{
  const auto [at, is_new] = of_file_.try_emplace(&file);
  if (is_new) {
    for (const std::string& path : manifests_of(file, kind)) {
      for (const auto& [name, line] : names_in(path, kind, ecosystem)) {
        at->second.emplace(name, ManifestLine{locked_.tree->prefix + path, line});
      }
    }
  }
  return at->second;
}

// The lockfiles of Node.js know who of the members names a package, so that of a thousand manifests one is read.
std::vector<ManifestLine>
ManifestLines::naming(const LockedFile& file, std::span<const PackageId> entries, const WayFinder& finder)
{
  const Kind* kind = kind_of(file);
  if (kind == nullptr || locked_.tree == nullptr || entries.empty()) {
    return {};
  }
  const Package& package = file.list.packages()[entries.front()];
  const Ecosystem* ecosystem = find_ecosystem(package.ecosystem);
  if (ecosystem == nullptr) {
    return {};
  }
  const std::string name = normalised(*ecosystem, package.name);
  std::vector<ManifestLine> lines;
  if (file.format->manifest != ManifestKind::package_json) {
    const auto [first, last] = places_in_manifests_of(file, *kind, *ecosystem).equal_range(name);
    for (auto at = first; at != last && lines.size() < most_lines; ++at) {
      lines.push_back(at->second);
    }
    return lines;
  }
  const Surroundings around(*locked_.tree->after, std::string_view(file.list.path).substr(locked_.tree->prefix.size()));
  std::set<std::string> paths;
  for (const PackageId entry : entries) {
    for (const Need* need : finder.needs_of(entry)) {
      const Package& from = file.list.packages()[need->from];
      if (from.part != Part::third_party && paths.size() < most_manifests) {
        std::string_view directory = from.part == Part::root ? std::string_view() : from.location;
        directory.remove_prefix(directory.starts_with("file:") ? 5 : 0);
        if (auto path = around.resolve(fmt::format("{}/package.json", directory))) {
          paths.insert(*std::move(path));
        }
      }
    }
  }
  for (const std::string& path : paths) {
    const auto [first, last] = names_in(path, *kind, *ecosystem).equal_range(name);
    for (auto at = first; at != last && lines.size() < most_lines; ++at) {
      lines.push_back({locked_.tree->prefix + path, at->second});
    }
  }
  return lines;
}

}  // namespace sluice::deps
