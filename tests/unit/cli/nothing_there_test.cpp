// SPDX-License-Identifier: Apache-2.0
//
// A run that has nothing to look at, or not what git means: which repository is opened, and what is told of none.
#include "base/path.hpp"
#include "support/git_fixture.hpp"
#include "unit/cli/fake_gate.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using test::Ran;
using test::run;

namespace fs = std::filesystem;

namespace {

bool
says(const Ran& ran, std::string_view part)
{
  return ran.out.find(part) != std::string::npos;
}

const Environment github{{"GITHUB_ACTIONS", "true"}, {"GITHUB_EVENT_NAME", "schedule"}};

}  // namespace

TEST_CASE("a plain directory is complete in a shell, and under an event no repository is a gap")
{
  const TemporaryDirectory directory = TemporaryDirectory::create().value();
  CHECK(run(directory.path(), {}).status == 0);
  const Ran in_ci = run(directory.path(), {}, github);
  CHECK(in_ci.status == 3);
  CHECK(says(in_ci, "no-repository"));
  CHECK(says(in_ci, "fetch-depth: 0"));
  CHECK(run(directory.path(), {"--pre-commit"}).status == 3);
}

TEST_CASE("a .git that leads nowhere is a gap wherever it is met")
{
  const TemporaryDirectory directory = TemporaryDirectory::create().value();
  REQUIRE(write_file(directory.path() / ".git", "gitdir: /elsewhere/.git/worktrees/x\n"));
  fs::create_directory(directory.path() / "below");
  for (const Ran& ran : {run(directory.path(), {}), run(directory.path() / "below", {})}) {
    CHECK(ran.status == 3);
    CHECK(says(ran, "which is no git directory here"));
  }
  CHECK(says(run(directory.path(), {}), "mount the main repository"));
  REQUIRE(write_file(directory.path() / ".git", "nonsense"));
  CHECK(run(directory.path(), {}).status == 3);
}

TEST_CASE("a working directory that is not there any more is a gap, and --repo names another")
{
  const test::GitFixture repository;
  const Ran ran = run(fs::path(), {});
  CHECK(ran.status == 3);
  CHECK(says(ran, "the working directory does not exist any more"));
  CHECK(run(fs::path(), {"--repo", repository.path().string()}).status == 0);
}

TEST_CASE("GIT_DIR names the repository, and --repo beats it")
{
  const test::GitFixture named;
  const test::GitFixture here;
  const std::vector<std::string> tell{"--outcome", "directory"};
  const Environment environment{{"GIT_DIR", (named.path() / ".git").string()},
                                {"GIT_WORK_TREE", named.path().string()}};
  CHECK(says(run(here.path(), tell, environment), fs::canonical(named.path()).string() + "\n"));
  const Ran chosen = run(named.path(), {"--outcome", "directory", "--repo", here.path().string()}, environment);
  CHECK(says(chosen, fs::canonical(here.path()).string() + "\n"));
  Environment by_variable = environment;
  by_variable.emplace("SLUICE_REPO", here.path().string());
  CHECK(says(run(named.path(), tell, by_variable), fs::canonical(here.path()).string() + "\n"));
  const Ran nowhere = run(here.path(), {}, {{"GIT_DIR", "/nonexistent"}});
  CHECK(nowhere.status == 3);
  CHECK(says(nowhere, "GIT_DIR: names '/nonexistent'"));
}

TEST_CASE("a range by hand that holds no commit is incomplete, and one of a hook is nothing to do")
{
  test::GitFixture repository;
  const std::string one = repository.commit("a.txt", "1", "one");
  repository.commit("a.txt", "2", "two");
  for (const std::vector<std::string>& range : {std::vector<std::string>{"--base", "HEAD"},
                                                {"--base", "HEAD", "--head", "HEAD~1"},
                                                {"--base", "main", "--head", "main"}}) {
    const Ran ran = run(repository.path(), range);
    CHECK(ran.status == 3);
    CHECK(says(ran, "no-range"));
    CHECK(says(ran, "git log --oneline"));
  }
  const Ran hook =
      run(repository.path(), {"--pre-commit"},
          {{"PRE_COMMIT_FROM_REF", one}, {"PRE_COMMIT_TO_REF", one}, {"PRE_COMMIT_REMOTE_NAME", "origin"}});
  CHECK(hook.status == 0);
}

TEST_CASE("a hook of a repository that holds nothing of the gate's kind is not held up")
{
  const test::GitFixture repository;
  const std::vector<std::string> none{"--outcome", "none-of-its-kind"};
  CHECK(run(repository.path(), none).status == 3);
  for (const char* hook : {"--pre-commit", "--pre-push"}) {
    std::vector<std::string> arguments = none;
    arguments.emplace_back(hook);
    const Ran ran = run(repository.path(), arguments);
    CHECK(ran.status == 0);
    CHECK(says(ran, "there is nothing that could leak"));
  }
}

TEST_CASE("a hook's refs are read or missed")
{
  const test::GitFixture repository;
  const Ran empty = run(repository.path(), {"--pre-receive"});
  CHECK(empty.status == 3);
  CHECK(says(empty, "it names no ref"));
  test::standard_input() = fail(ErrorKind::input, "standard input is closed");
  for (const char* hook : {"--pre-push", "--pre-receive"}) {
    const Ran closed = run(repository.path(), {hook});
    CHECK(closed.status == 3);
    CHECK(says(closed, "standard input is closed"));
  }
  test::standard_input() = std::string("no line of a hook\n");
  CHECK(run(repository.path(), {"--pre-receive"}).status == 2);
  test::standard_input() = std::string();
  CHECK(run(repository.path(), {"--pre-receive", "--pre-push"}).status == 2);
}
