// SPDX-License-Identifier: Apache-2.0
#include "deps/pnpm_path.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace sluice::deps {

std::optional<PnpmKeys>
pnpm_keys_of_version(std::string_view version)
{
  if (version == "5.1" || version == "5.2" || version == "5.3" || version == "5.4" || version == "5"
      || version == "5.0") {
    return PnpmKeys::slashes;
  }
  // 5.4-inlineSpecifiers is an experiment of pnpm 7 that has the importers of 6.0.
  if (version == "5.4-inlineSpecifiers") {
    return PnpmKeys::slashes;
  }
  if (version == "6.0" || version == "6.1") {
    return PnpmKeys::at_signs;
  }
  // 7.0 is what the betas of pnpm 9 called it.
  return version == "7.0" || version == "9.0" ? std::optional(PnpmKeys::bare) : std::nullopt;
}

std::string_view
without_pnpm_suffix(std::string_view path)
{
  return path.substr(0, path.find('('));
}

NameAndRest
split_pnpm_path(std::string_view path, PnpmKeys keys)
{
  if (keys == PnpmKeys::bare) {
    return split_at_version(without_pnpm_suffix(path));
  }
  if (!path.starts_with('/')) {
    // "registry.example.org/name/1.0.0", "github.com/owner/name/commit": the entry says name and version, or nobody.
    const std::size_t slash = path.find('/');
    if (slash == std::string_view::npos || path.find(':') < slash) {
      return {{}, path};
    }
    path.remove_prefix(slash);
  }
  path.remove_prefix(1);
  if (keys == PnpmKeys::at_signs) {
    return split_at_version(without_pnpm_suffix(path));
  }
  std::size_t slash = path.find('/');
  if (path.starts_with('@') && slash != std::string_view::npos) {
    slash = path.find('/', slash + 1);
  }
  if (slash == std::string_view::npos) {
    return {path, {}};
  }
  const std::string_view version = path.substr(slash + 1);
  // The suffix of peers begins at the first underline; no version has one.
  return {path.substr(0, slash), version.substr(0, version.find_first_of("_("))};
}

bool
is_pnpm_environment(Value root)
{
  for (const Value importer : root["importers"]) {
    if (importer["configDependencies"] || importer["packageManagerDependencies"]) {
      return true;
    }
  }
  return false;
}

std::string
joined_pnpm_path(std::string_view base, std::string_view relative)
{
  std::vector<std::string> parts;
  for (const std::string_view whole : {base, relative}) {
    for (const std::string_view part : split(whole, '/')) {
      if (part == ".." && !parts.empty() && parts.back() != "..") {
        parts.pop_back();
      } else if (!part.empty() && part != ".") {
        parts.emplace_back(part);
      }
    }
  }
  return join(parts, "/");
}

std::unordered_map<std::string_view, Scope>
peers_among_dependencies(const NodeManifest& manifest)
{
  std::unordered_map<std::string_view, Scope> peers;
  // In the order of `needs`, what is no peer but for development comes last: it stands there and not here.
  for (const ManifestNeed& need : manifest.needs) {
    peers.emplace(need.name, need.scope);
  }
  std::erase_if(peers, [](const auto& each) { return each.second == Scope::runtime || each.second == Scope::dev; });
  return peers;
}

void
check_pnpm_workspace(const Surroundings& around, PackageList& list)
{
  constexpr std::string_view name = "pnpm-workspace.yaml";
  const auto text = around.read(name);
  if (const auto documents = text ? read_yaml_data(*text) : std::vector<Data>(); !documents) {
    list.gap_elsewhere(GapKind::unparsable,
                       fmt::format("{}:{}", around.resolve(name).value_or(std::string(name)), documents.error().line),
                       documents.error().what);
  }
}

void
check_pnpm_specifiers(Value importer, PackageList& list)
{
  const Data::Kind kind = importer["specifiers"].kind();
  if (kind != Data::Kind::table && kind != Data::Kind::null) {
    list.gap(GapKind::unparsable, importer["specifiers"].line(), "\"specifiers\" is not a mapping",
             "Make the lockfile anew with pnpm install");
  }
  for (const Value specifier : importer["specifiers"]) {
    if (!importer["dependencies"][specifier.key()] && !importer["devDependencies"][specifier.key()]
        && !importer["optionalDependencies"][specifier.key()]) {
      list.gap(GapKind::unparsable, specifier.line(),
               fmt::format("{} is asked for and not resolved", printable(specifier.key())),
               "Make the lockfile anew with pnpm install");
      return;
    }
  }
}

}  // namespace sluice::deps
