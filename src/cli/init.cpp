// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "cli/command_line.hpp"
#include "cli/emit.hpp"
#include "cli/sluice.hpp"
#include "cli/version.hpp"
#include "config/common_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

namespace sluice::cli {

namespace {

namespace fs = std::filesystem;

struct NewFile
{
  fs::path path;  ///< relative to the repository
  std::string text;
};

std::vector<std::string>
migration_directories(const fs::path& repository)
{
  std::vector<std::string> found;
  for (const std::string_view candidate : {"supabase/migrations", "db/migrations", "migrations", "sql/migrations"}) {
    std::error_code error;
    if (fs::is_directory(repository / candidate, error)) {
      found.emplace_back(candidate);
    }
  }
  return found;
}

std::string
configuration(std::span<const std::string> migrations)
{
  std::string text = fmt::format(
      R"(# yaml-language-server: $schema=https://raw.githubusercontent.com/OWNER/sluice/v{}/schema/sluice.schema.json
# Sluice's configuration. Everything here is optional; what is commented out shows the built-in value or an example.
# `sluice check --show-config` prints what counts and where it comes from.

# The least severity that fails a run: none, low, medium, high, critical.
fail-on: low

# Findings that are accepted, each with a reason and a last day.
# allow:
#   - rule: generic-quoted-credential
#     path: tests/**
#     reason: made-up passwords of the test suite
#     expires: 2027-06-30

# Things that may stay unexamined.
# accept-gaps:
#   - subject: "submodule *"
#     reason: scanned in its own repository
#     expires: 2027-06-30

secrets:
  # auto examines the range of the CI event, and the whole history elsewhere.
  scope: auto
)",
      version);
  if (migrations.empty()) {
    return text + "\n# migrations:\n#   paths: [migrations]\n";
  }
  text += "\nmigrations:\n  paths:\n";
  for (const std::string& path : migrations) {
    text += fmt::format("    - {}\n", path);
  }
  return text;
}

std::string
github_workflow()
{
  return R"(name: sluice
on:
  pull_request:
  push:
    branches: [main, master]
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
      # OWNER is who keeps Sluice for you; pin a commit instead of main once it runs.
      - uses: OWNER/sluice@main
        with:
          command: check
)";
}

std::string
gitlab_job()
{
  return R"(# Include this file from .gitlab-ci.yml. The image is what Sluice's Dockerfile builds, pushed to a registry of yours.
sluice:
  image:
    name: registry.example.com/OWNER/sluice:main
    entrypoint: [""]
  variables:
    GIT_DEPTH: "0"
  script:
    - sluice check --format text --format gitlab-codequality=gl-code-quality-report.json
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
)";
}

std::vector<NewFile>
files_for(const fs::path& repository)
{
  std::vector<NewFile> files{{".sluice.yml", configuration(migration_directories(repository))}};
  std::error_code error;
  if (fs::exists(repository / ".gitlab-ci.yml", error)) {
    files.push_back({".gitlab/sluice.yml", gitlab_job()});
  }
  if (fs::exists(repository / ".github", error) || files.size() == 1) {
    files.push_back({".github/workflows/sluice.yml", github_workflow()});
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
  fs::create_directories(target.parent_path(), error);
  TRY(write_file(target, file.text));
  out << fmt::format("wrote  {}\n", file.path.string());
  return {};
}

}  // namespace

int
run_init(const Invocation& invocation)
{
  if (!invocation.arguments.empty()) {
    if (invocation.arguments.front() == "--help" || invocation.arguments.front() == "-h") {
      invocation.out
          << "Usage: sluice init\n\nWrites a commented .sluice.yml and a workflow into the current directory.\n";
      return exit_status(Verdict::pass);
    }
    emit_error({ErrorKind::usage, "init takes no arguments"}, invocation);
    return exit_status(Verdict::unable);
  }
  for (const NewFile& file : files_for(invocation.directory)) {
    if (auto written = write_new(invocation.directory, file, invocation.out); !written) {
      emit_error(written.error(), invocation);
      return exit_status(Verdict::unable);
    }
  }
  invocation.out << "Next: sluice check; then put who keeps Sluice for you in the place of OWNER\n";
  return exit_status(Verdict::pass);
}

}  // namespace sluice::cli
