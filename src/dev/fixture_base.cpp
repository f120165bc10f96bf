// SPDX-License-Identifier: Apache-2.0
#include "dev/fixture_base.hpp"

#include "base/path.hpp"
#include "base/process.hpp"

namespace sluice::dev {

namespace {

Result<>
git(const std::filesystem::path& directory, std::vector<std::string> arguments)
{
  ProcessRequest request;
  request.argv = {"git", "-c", "init.defaultBranch=main", "-c", "commit.gpgSign=false"};
  request.argv.insert(request.argv.end(), arguments.begin(), arguments.end());
  request.directory = directory;
  request.environment = {{"PATH", "/usr/local/bin:/usr/bin:/bin"},
                         {"HOME", directory.string()},
                         {"GIT_CONFIG_NOSYSTEM", "1"},
                         {"GIT_CONFIG_GLOBAL", "/dev/null"},
                         {"GIT_AUTHOR_NAME", "Fixture"},
                         {"GIT_AUTHOR_EMAIL", "fixture@example.org"},
                         {"GIT_AUTHOR_DATE", "@1700000000 +0000"},
                         {"GIT_COMMITTER_NAME", "Fixture"},
                         {"GIT_COMMITTER_EMAIL", "fixture@example.org"},
                         {"GIT_COMMITTER_DATE", "@1700000000 +0000"}};
  TRY_ASSIGN(const ProcessResult result, run_process(request));
  if (result.exit_status != 0) {
    return fail(ErrorKind::environment, "git {}: {}", arguments.front(), result.error_output);
  }
  return {};
}

}  // namespace

Result<>
commit_with_base(const std::filesystem::path& directory, std::string_view file, std::string_view content)
{
  TRY_ASSIGN(const std::string head, read_file(directory / file));
  TRY(write_file(directory / file, content));
  TRY(git(directory, {"init", "--quiet"}));
  TRY(git(directory, {"add", "--all"}));
  TRY(git(directory, {"commit", "--quiet", "--message", "base"}));
  TRY(write_file(directory / file, head));
  return git(directory, {"commit", "--quiet", "--all", "--allow-empty", "--message", "change"});
}

Result<>
commit_with_base(const std::filesystem::path& directory, const std::filesystem::path& before)
{
  TRY(git(directory, {"init", "--quiet"}));
  TRY(git(directory, {"--git-dir=" + (directory / ".git").string(), "--work-tree=" + before.string(), "add", "--all"}));
  TRY(git(directory, {"commit", "--quiet", "--message", "base"}));
  TRY(git(directory, {"add", "--all"}));
  return git(directory, {"commit", "--quiet", "--allow-empty", "--message", "change"});
}

}  // namespace sluice::dev
