// SPDX-License-Identifier: Apache-2.0
#include "deps/node_cover.hpp"

#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "data/data.hpp"
#include "deps/node_manifest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::deps {

namespace {

/// A directory with what may be a project, and the way from there to the one that is asked about.
struct Project
{
  const Surroundings& around;
  std::string_view member;  ///< relative, never empty
};

bool
is_in_workspaces(const Project& project)
{
  auto text = project.around.read("package.json");
  const auto manifest = text ? parse_node_manifest(*std::move(text)) : nullptr;
  return manifest && *manifest != nullptr && is_member_directory((*manifest)->members, project.member);
}

/// Whether a table of a document of JSON has the member as a key.
bool
has_key(std::string_view text, JsonDialect dialect, std::string_view table, std::string_view member)
{
  const auto data = read_json_data(text, dialect);
  return data && data->root()[table][member].is_table();
}

bool
is_in_npm(const Project& project, std::string_view lock)
{
  // Version 1 has only what a package.json names by "file:".
  return lock.find(fmt::format("\"file:{}\"", project.member)) != std::string_view::npos
         || (lock.find(fmt::format("\"{}\"", project.member)) != std::string_view::npos
             && (is_in_workspaces(project) || has_key(lock, JsonDialect::strict, "packages", project.member)));
}

bool
is_in_bun(const Project& project, std::string_view lock)
{
  return lock.find(fmt::format("\"{}\"", project.member)) != std::string_view::npos
         && has_key(lock, JsonDialect::with_comments, "workspaces", project.member);
}

/// Yarn 1 does not write which directories are members.
bool
is_in_yarn(const Project& project, std::string_view lock)
{
  return lock.find("__metadata:") == std::string_view::npos
             ? is_in_workspaces(project)
             : lock.find(fmt::format("@workspace:{}\"", project.member)) != std::string_view::npos;
}

/// By the lines as pnpm writes them: a lockfile of megabytes is not read as a whole for each of its members.
bool
is_in_pnpm(const Project& project, std::string_view lock)
{
  constexpr std::string_view heading = "\nimporters:";
  for (std::size_t at = lock.find(heading); at != std::string_view::npos; at = lock.find(heading, at + 1)) {
    std::string_view importers = lock.substr(at + heading.size());
    std::size_t end = importers.find('\n');
    while (end != std::string_view::npos && end + 1 < importers.size() && is_any_of(importers[end + 1], " \r\n")) {
      end = importers.find('\n', end + 1);
    }
    importers = importers.substr(0, end);
    for (const std::string_view quote : {"", "'", "\""}) {
      if (importers.find(fmt::format("\n  {0}{1}{0}:", quote, project.member)) != std::string_view::npos) {
        return true;
      }
    }
  }
  return false;
}

/// "workspace" of deno.json: a list, or an object with one.
bool
is_in_deno(const Project& project)
{
  for (const std::string_view name : {"deno.json", "deno.jsonc"}) {
    const auto text = project.around.read(name);
    const auto data = text ? read_json_data(*text, JsonDialect::with_comments) : tl::unexpected(Defect{});
    if (!data) {
      continue;
    }
    const Value workspace = data->root()["workspace"];
    std::vector<std::string_view> members;
    for (const Value member : workspace.is_list() ? workspace : workspace["members"]) {
      members.push_back(member.text());
    }
    if (is_member_directory(members, project.member)) {
      return true;
    }
  }
  return is_in_workspaces(project);
}

bool
names_member(std::string_view lockfile, const Project& project)
{
  if (lockfile == "deno.lock") {
    return is_in_deno(project);
  }
  if (lockfile == "bun.lockb") {
    return is_in_workspaces(project);
  }
  const std::string text = project.around.read(lockfile).value_or("");
  if (lockfile == "pnpm-lock.yaml") {
    return is_in_pnpm(project, text);
  }
  if (lockfile == "yarn.lock") {
    return is_in_yarn(project, text);
  }
  return lockfile == "bun.lock" ? is_in_bun(project, text) : is_in_npm(project, text);
}

/// Whether `member` is locked by one of these in `directory`, which is it or above it.
bool
is_locked_in(std::string_view directory, std::string_view member, std::span<const std::string_view> names,
             const gate::FileTree& tree)
{
  const Surroundings around(tree, path_in(directory, "package.json"));
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
    if (!tree.is_file(path_in(directory, name))) {
      return false;
    }
    return directory.size() == member.size()
           || names_member(name, {around, member.substr(directory.empty() ? 0 : directory.size() + 1)});
  });
}

bool
is_locked(std::string_view member, std::span<const std::string_view> names, const gate::FileTree& tree)
{
  for (std::string_view directory = member;; directory = directory_of(directory)) {
    if (is_locked_in(directory, member, names, tree)) {
      return true;
    }
    if (directory.empty()) {
      return false;
    }
  }
}

constexpr std::array<std::string_view, 7> node_lockfiles{
    "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb", "deno.lock"};
constexpr std::array<std::string_view, 1> deno_lockfiles{"deno.lock"};

}  // namespace

bool
has_node_lockfile(const LockText& manifest)
{
  return is_locked(directory_of(manifest.path), node_lockfiles, manifest.around.tree());
}

bool
has_deno_lockfile(const LockText& file)
{
  const gate::FileTree& tree = file.around.tree();
  std::string_view directory = directory_of(file.path);
  while (!directory.empty() && !tree.is_file(path_in(directory, "deno.json"))
         && !tree.is_file(path_in(directory, "deno.jsonc")) && !tree.is_file(path_in(directory, "deno.lock"))) {
    directory = directory_of(directory);
  }
  return is_locked(directory, deno_lockfiles, tree);
}

}  // namespace sluice::deps
