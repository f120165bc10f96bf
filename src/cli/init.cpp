// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "base/text.hpp"
#include "cli/emit.hpp"
#include "cli/sluice.hpp"
#include "cli/umbrella.hpp"
#include "cli/version.hpp"
#include "git/repository.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

namespace sluice::cli {

namespace {

namespace fs = std::filesystem;
using Faces = std::span<const gate::Face* const>;

struct NewFile
{
  fs::path path;  ///< relative to the repository
  std::string text;
};

std::string
configuration(std::span<const std::string> sections)
{
  std::string text = fmt::format(
      R"(# yaml-language-server: $schema=https://raw.githubusercontent.com/OWNER/sluice/v{}/schema/sluice.schema.json
# Sluice's configuration. Everything here is optional; what is commented out shows the built-in value or an example.
# `sluice check --show-config` prints what counts and where it comes from.

# The least severity that fails a run: none, low, medium, high, critical.
fail-on: low

# Things that may stay unexamined.
# accept-gaps:
#   - kind: submodule
#     subject: vendor/*
#     reason: scanned in its own repository
#     expires: 2027-06-30
)",
      version);
  for (const std::string& section : sections) {
    text += "\n" + section;
  }
  return text;
}

/// The branches that a push is checked on: origin's default, else the one that is checked out, as far as it is known
/// and can be written in a list as it is.
std::string
branches_of(const fs::path& root)
{
  constexpr std::string_view usual = "main, master";
  constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./";
  const auto repository = git::Repository::open(root);
  if (!repository) {
    return std::string(usual);
  }
  for (const auto& [ref, prefix] : {std::pair("refs/remotes/origin/HEAD", std::string_view("refs/remotes/origin/")),
                                    std::pair("HEAD", std::string_view("refs/heads/"))}) {
    const std::string target = repository->symbolic_target(ref).value_or("");
    const std::string_view name = target.starts_with(prefix) ? std::string_view(target).substr(prefix.size()) : "";
    const bool begins_with_letter = !name.empty() && plain.substr(0, 52).find(name.front()) != std::string_view::npos;
    if (begins_with_letter && name.find_first_not_of(plain) == std::string_view::npos) {
      return std::string(name);
    }
  }
  return std::string(usual);
}

std::string
github_workflow(const fs::path& root)
{
  return replace_all(R"(name: sluice
on:
  pull_request:
    types: [opened, synchronize, reopened, edited]  # edited: also when its target changes
  merge_group:
  push:
    branches: [BRANCHES]
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
          persist-credentials: false
      # Advisories are brought up to date in each run; kept here, most of them are not fetched again.
      - uses: actions/cache@v4
        with:
          path: ${{ runner.temp }}/_github_home/.cache/sluice
          key: sluice-${{ github.run_id }}
          restore-keys: sluice-
      # OWNER is who keeps Sluice for you; pin a commit instead of main once it runs.
      - uses: OWNER/sluice@main
        with:
          command: check
)",
                     "BRANCHES", branches_of(root));
}

std::string
gitlab_job()
{
  return R"(# Include this file from .gitlab-ci.yml. The image is what Sluice's Dockerfile builds, pushed to a registry of yours.
sluice:
  image:
    name: registry.example.com/OWNER/sluice:main
    entrypoint: [""]
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH || $CI_COMMIT_TAG
  variables:
    GIT_DEPTH: "0"
    XDG_CACHE_HOME: $CI_PROJECT_DIR/.cache
    SLUICE_DEPS_UPDATE_ADVISORIES: "true"
  cache:
    key: sluice
    paths:
      - .cache/sluice/
    when: always
  script:
    - sluice check --format text --format gitlab-codequality=gl-code-quality-report.json
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
)";
}

std::vector<NewFile>
files_for(const fs::path& repository, std::span<const std::string> sections)
{
  std::vector<NewFile> files{{".sluice.yml", configuration(sections)}};
  std::error_code error;
  if (fs::exists(repository / ".gitlab-ci.yml", error)) {
    files.push_back({".gitlab/sluice.yml", gitlab_job()});
  }
  if (fs::exists(repository / ".github", error) || files.size() == 1) {
    files.push_back({".github/workflows/sluice.yml", github_workflow(repository)});
  }
  return files;
}

Result<>
write_new(const fs::path& repository, const NewFile& file, std::ostream& out)
{
  std::error_code error;
  const fs::path target = repository / file.path;
  if (fs::exists(fs::symlink_status(target, error))) {
    out << fmt::format("kept   {} (it exists already)\n", file.path.string());
    return {};
  }
  TRY(make_directories(target.parent_path()));
  TRY(write_file(target, file.text));
  out << fmt::format("wrote  {}\n", file.path.string());
  return {};
}

/// Where git's own commands would work: the root of the repository, else here.
fs::path
root_of(const Invocation& invocation)
{
  const auto repository = git::Repository::open(invocation.directory);
  return repository && !repository->is_bare() ? repository->work_tree() : invocation.directory;
}

Result<>
write_all(Faces gates, const Invocation& invocation)
{
  std::vector<std::string> sections;
  for (const gate::Face* gate : gates) {
    TRY_ASSIGN(sections.emplace_back(), ask_gate(gate->info.name, {"starter"}, invocation));
  }
  const fs::path root = root_of(invocation);
  const std::vector<NewFile> files = files_for(root, sections);
  for (const NewFile& file : files) {
    if (auto literal = refuse_links(root, root / file.path); !literal) {
      return fail(ErrorKind::input, "{}: {}; nothing is written through one", file.path.string(),
                  printable(literal.error().message));
    }
  }
  for (const NewFile& file : files) {
    TRY(write_new(root, file, invocation.out));
  }
  return {};
}

}  // namespace

int
run_init(Faces gates, const Invocation& invocation)
{
  if (!invocation.arguments.empty()) {
    if (invocation.arguments.front() == "--help" || invocation.arguments.front() == "-h") {
      invocation.out << "Usage: sluice init\n\nWrites a commented .sluice.yml and a workflow to the root of the "
                        "repository.\n";
      return exit_status(Verdict::pass);
    }
    emit_error({ErrorKind::usage, "init takes no arguments"}, invocation);
    return exit_status(Verdict::unable);
  }
  if (auto written = write_all(gates, invocation); !written) {
    emit_error(written.error(), invocation);
    return exit_status(Verdict::unable);
  }
  invocation.out << "Next: sluice check; then put who keeps Sluice for you in the place of OWNER\n";
  return exit_status(Verdict::pass);
}

}  // namespace sluice::cli
