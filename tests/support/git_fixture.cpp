// SPDX-License-Identifier: Apache-2.0
#include "support/git_fixture.hpp"

#include "base/process.hpp"

#include <cstdlib>
#include <stdexcept>

namespace sluice::test {

namespace {

/// Settings that hold for every command, in the scope of its command line.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> settings{{
    {"safe.directory", "*"},
    {"gc.auto", "0"},
    {"maintenance.auto", "false"},
    {"commit.gpgSign", "false"},
    {"protocol.file.allow", "always"},
    {"init.defaultBranch", "main"},
}};

std::map<std::string, std::string>
scrubbed_environment(const std::filesystem::path& home, int minutes)
{
  const char* search_path = std::getenv("PATH");
  const std::string date = fmt::format("@{} +0000", 1700000000 + minutes * 60);
  std::map<std::string, std::string> environment{
      {"PATH", search_path != nullptr ? search_path : "/usr/local/bin:/usr/bin:/bin"},
      {"HOME", home.string()},
      {"LC_ALL", "C"},
      {"TZ", "UTC"},
      {"GIT_CONFIG_NOSYSTEM", "1"},
      {"GIT_CONFIG_GLOBAL", "/dev/null"},
      {"GIT_TERMINAL_PROMPT", "0"},
      // Unlike protocol.file.allow it also reaches the clones that `git submodule` makes.
      {"GIT_ALLOW_PROTOCOL", "file"},
      {"GIT_AUTHOR_NAME", "Ada Author"},
      {"GIT_AUTHOR_EMAIL", "ada@example.org"},
      {"GIT_AUTHOR_DATE", date},
      {"GIT_COMMITTER_NAME", "Carl Committer"},
      {"GIT_COMMITTER_EMAIL", "carl@example.org"},
      {"GIT_COMMITTER_DATE", date},
      {"GIT_CONFIG_COUNT", std::to_string(settings.size())},
  };
  for (std::size_t i = 0; i < settings.size(); ++i) {
    environment[fmt::format("GIT_CONFIG_KEY_{}", i)] = settings[i].first;
    environment[fmt::format("GIT_CONFIG_VALUE_{}", i)] = settings[i].second;
  }
  return environment;
}

std::string
run_git(const std::filesystem::path& directory, const std::vector<std::string>& arguments, std::string_view input,
        int minutes)
{
  ProcessRequest request;
  request.argv = {"git"};
  request.argv.insert(request.argv.end(), arguments.begin(), arguments.end());
  request.input = input;
  request.environment = scrubbed_environment(directory.parent_path(), minutes);
  request.directory = directory;
  auto result = run_process(request);
  if (!result) {
    throw std::runtime_error(result.error().message);
  }
  if (result->exit_status != 0) {
    throw std::runtime_error(fmt::format("git {}: {}", fmt::join(arguments, " "), result->error_output));
  }
  if (result->output.ends_with('\n')) {
    result->output.pop_back();
  }
  return std::move(result->output);
}

TemporaryDirectory
temporary_directory()
{
  auto directory = TemporaryDirectory::create("sluice-test");
  if (!directory) {
    throw std::runtime_error(directory.error().message);
  }
  return std::move(*directory);
}

}  // namespace

GitFixture::GitFixture(const std::vector<std::string>& init)
    : owned_(temporary_directory()),
      path_(owned_->path() / "repo")
{
  std::filesystem::create_directory(path_);
  std::vector<std::string> arguments{"init", "--quiet"};
  arguments.insert(arguments.end(), init.begin(), init.end());
  git(arguments);
}

GitFixture::GitFixture(TemporaryDirectory owned, std::filesystem::path path, int minutes)
    : owned_(std::move(owned)),
      path_(std::move(path)),
      minutes_(minutes)
{}

std::string
GitFixture::git(const std::vector<std::string>& arguments, std::string_view input)
{
  return run_git(path_, arguments, input, ++minutes_);
}

void
GitFixture::write(std::string_view path, std::string_view content)
{
  const std::filesystem::path file = path_ / path;
  std::filesystem::create_directories(file.parent_path());
  if (auto written = write_file(file, content); !written) {
    throw std::runtime_error(written.error().message);
  }
}

std::string
GitFixture::commit(std::string_view message)
{
  git({"add", "--all"});
  git({"commit", "--quiet", "--allow-empty", "--allow-empty-message", "--file=-"}, message);
  return git({"rev-parse", "HEAD"});
}

std::string
GitFixture::commit(std::string_view path, std::string_view content, std::string_view message)
{
  write(path, content);
  return commit(message);
}

GitFixture
GitFixture::clone(const std::vector<std::string>& arguments)
{
  git({"config", "uploadpack.allowFilter", "true"});
  git({"config", "uploadpack.allowAnySHA1InWant", "true"});
  TemporaryDirectory owned = temporary_directory();
  std::filesystem::path target = owned.path() / "repo";
  std::vector<std::string> command{"clone", "--quiet"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  command.push_back("file://" + path_.string());
  command.push_back(target.string());
  git(command);
  return {std::move(owned), std::move(target), minutes_};
}

}  // namespace sluice::test
