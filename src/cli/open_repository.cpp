// SPDX-License-Identifier: Apache-2.0
#include "cli/open_repository.hpp"

#include <fmt/format.h>

namespace sluice::cli {

namespace {

namespace fs = std::filesystem;

/// Opens the repository of the run. What git's variables say counts for the one that is there by itself, and for one
/// that was chosen only if it is the same: `--repo .` in a hook is still about the index of that hook.
Result<std::optional<git::Repository>>
find_repository(const Setup& setup, const Invocation& invocation)
{
  const auto variables = git::RepositoryVariables::of(invocation.environment, invocation.directory);
  const config::Option* repo = setup.table.find("repo");
  if (repo == nullptr || repo->origin.layer < config::Layer::environment) {
    return git::Repository::find(setup.directory, variables);
  }
  auto chosen = git::Repository::find(setup.directory);
  const bool is_told =
      !variables.index_file.empty() || !variables.object_directory.empty() || !variables.alternates.empty();
  if (!is_told || !chosen || !*chosen) {
    return chosen;
  }
  auto meant = git::Repository::find(invocation.directory, variables);
  std::error_code error;
  const bool is_same = meant && *meant && fs::equivalent((*meant)->git_directory(), (*chosen)->git_directory(), error);
  return is_same ? std::move(meant) : std::move(chosen);
}

/// A working directory that was deleted has no name and can still be the one that counts.
std::optional<Gap>
lost_directory(const fs::path& wanted, const Invocation& invocation)
{
  if (!invocation.directory.empty() || wanted.is_absolute()) {
    return std::nullopt;
  }
  return Gap{GapKind::no_repository, "the repository",
             "the working directory does not exist any more, or may not be read",
             "Change to a directory that is there,\nor name one with --repo DIR"};
}

/// A linked worktree or a submodule is a file that points to where its repository is.
std::string
how_to_mount(const fs::path& directory)
{
  return fmt::format("Let the gate see what {} points to; of a linked worktree or submodule in a container:\n"
                     "mount the main repository, too, at the path that it has outside, or run the gate in a clone",
                     (directory / ".git").string());
}

}  // namespace

Result<>
open_repository(Setup& setup, const Invocation& invocation)
{
  const fs::path wanted = setup.options.repo;
  setup.directory = (wanted.is_absolute() ? wanted : invocation.directory / wanted).lexically_normal();
  setup.unusable = lost_directory(wanted, invocation);
  if (setup.unusable) {
    setup.no_repository = *setup.unusable;
    return {};
  }
  std::error_code error;
  if (!fs::is_directory(setup.directory, error)) {
    return fail(ErrorKind::usage, "--repo {}: is not a directory", setup.options.repo);
  }
  auto found = find_repository(setup, invocation);
  if (!found) {
    setup.no_repository = ci::no_repository(setup.context, found.error().message);
    if (fs::is_regular_file(setup.directory / ".git", error)) {
      setup.no_repository.fix = how_to_mount(setup.directory);
    }
    setup.unusable = setup.no_repository;
  } else if (*found) {
    setup.repository.emplace(**std::move(found));
    // As for git's own commands, a subdirectory stands for its repository.
    if (!setup.repository->is_bare()) {
      setup.directory = setup.repository->work_tree();
    }
  } else {
    setup.no_repository = ci::no_repository(
        setup.context, fmt::format("{}: is not in a git repository (no .git here or above)", setup.directory.string()));
  }
  return {};
}

}  // namespace sluice::cli
