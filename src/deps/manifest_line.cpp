// SPDX-License-Identifier: Apache-2.0
#include "deps/manifest_line.hpp"

#include "deps/ecosystem.hpp"
#include "deps/manifest_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <unordered_set>

namespace sluice::deps {

namespace {

constexpr std::size_t most_lines = 10;
/// A workspace of more members names a package in so many places that ten of them are found among these.
constexpr std::size_t most_manifests = 1000;
constexpr std::uint64_t most_bytes = std::uint64_t{4} << 20U;

std::string_view
directory_of(std::string_view path)
{
  const std::size_t slash = path.rfind('/');
  return path.substr(0, slash == std::string_view::npos ? 0 : slash + 1);
}

std::string_view
file_name_of(std::string_view path)
{
  return path.substr(path.rfind('/') + 1);
}

}  // namespace

struct ManifestLines::Kind
{
  std::string_view file_name;  ///< "*.*proj": any project of .NET
  void (*names)(std::string_view text, const OnName& on_name);
  std::span<const std::string_view> formats;  ///< ids of lockfiles
};

namespace {

constexpr std::array<std::string_view, 5> node_formats{"npm", "yarn-classic", "yarn-berry", "pnpm", "bun"};
constexpr std::array<std::string_view, 3> python_formats{"poetry", "uv", "pdm"};
constexpr std::array<std::string_view, 1> cargo_formats{"cargo"};
constexpr std::array<std::string_view, 1> composer_formats{"composer"};
constexpr std::array<std::string_view, 1> bundler_formats{"bundler"};
constexpr std::array<std::string_view, 1> pipfile_formats{"pipfile"};
constexpr std::array<std::string_view, 1> pub_formats{"pub"};
constexpr std::array<std::string_view, 1> mix_formats{"mix"};
constexpr std::array<std::string_view, 2> nuget_formats{"nuget-lock", "nuget-assets"};

bool
is_project_of_net(std::string_view name)
{
  return name.ends_with(".csproj") || name.ends_with(".fsproj") || name.ends_with(".vbproj");
}

bool
is_one_of(std::string_view id, std::span<const std::string_view> formats)
{
  return std::find(formats.begin(), formats.end(), id) != formats.end();
}

}  // namespace

ManifestLines::ManifestLines(const LockedFiles& locked)
    : locked_(locked)
{}

const ManifestLines::Kind*
ManifestLines::kind_of(const LockedFile& file)
{
  static const std::array<Kind, 10> kinds{{{"package.json", names_in_package_json, node_formats},
                                           {"Cargo.toml", names_in_cargo_toml, cargo_formats},
                                           {"pyproject.toml", names_in_pyproject, python_formats},
                                           {"composer.json", names_in_composer_json, composer_formats},
                                           {"gems.rb", names_in_gemfile, bundler_formats},
                                           {"Gemfile", names_in_gemfile, bundler_formats},
                                           {"Pipfile", names_in_pipfile, pipfile_formats},
                                           {"pubspec.yaml", names_in_pubspec, pub_formats},
                                           {"mix.exs", names_in_mix, mix_formats},
                                           {"*.*proj", names_in_msbuild, nuget_formats}}};
  for (const Kind& kind : kinds) {
    const bool is_gems = kind.file_name == "gems.rb";
    if (is_one_of(file.format->id, kind.formats) && (!is_gems || file.list.path.ends_with("gems.locked"))) {
      return &kind;
    }
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
      by_name_[is_project_of_net(name) ? "*.*proj" : std::string(name)].push_back(path);
    }
  }
  const std::string& prefix = locked_.tree->prefix;
  const std::string_view own = directory_of(std::string_view(file.list.path).substr(prefix.size()));
  std::unordered_set<std::string_view> nearer;
  for (const LockedFile& other : locked_.files) {
    const std::string_view directory = directory_of(std::string_view(other.list.path).substr(prefix.size()));
    if (is_one_of(other.format->id, kind.formats) && directory.size() > own.size() && directory.starts_with(own)) {
      nearer.insert(directory);
    }
  }
  std::vector<std::string> found;
  for (const std::string& path : by_name_[std::string(kind.file_name)]) {
    if (found.size() >= most_manifests || !path.starts_with(own)) {
      continue;
    }
    bool is_others = false;
    for (std::string_view directory = directory_of(path); directory.size() > own.size() && !is_others;
         directory = directory_of(directory.substr(0, directory.size() - 1))) {
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
  if (!is_one_of(file.format->id, node_formats)) {
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
