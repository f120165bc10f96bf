// SPDX-License-Identifier: Apache-2.0
#include "deps/pnpm_path.hpp"

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

}  // namespace sluice::deps
