// SPDX-License-Identifier: Apache-2.0
//
// What a run of a gate answers: its exit status, for each outcome and each directory.
#include "base/path.hpp"
#include "support/git_fixture.hpp"
#include "unit/cli/fake_gate.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using test::Ran;
using test::run;
using test::text_of;

TEST_CASE("each outcome has its exit status")
{
  const test::GitFixture repository;
  const auto& at = repository.path();
  CHECK(run(at, {}).status == 0);
  CHECK(run(at, {"--outcome", "finding"}).status == 1);
  CHECK(run(at, {"--outcome", "finding", "--fail-on", "critical"}).status == 0);
  CHECK(run(at, {"--nonsense"}).status == 2);
  CHECK(run(at, {"--outcome", "gap"}).status == 3);
  CHECK(run(at, {"--outcome", "unavailable"}).status == 4);
  const Ran thrown = run(at, {"--outcome", "throws"});
  CHECK(thrown.status == 2);
  CHECK(thrown.err == "sluice-secrets: internal error: boom\n");
  CHECK(thrown.out.empty());
}

TEST_CASE("bad input says what is wrong and prints no report")
{
  const test::GitFixture repository;
  const Ran format = run(repository.path(), {"--format", "sarf"});
  CHECK(format.status == 2);
  CHECK(format.out.empty());
  CHECK(format.err.find("--format sarf: is not one of") != std::string::npos);
  CHECK(format.err.find("(did you mean sarif?)") != std::string::npos);

  CHECK(run(repository.path(), {"--repo", "nowhere"}).err == "sluice-secrets: --repo nowhere: is not a directory\n");
  CHECK(run(repository.path(), {"--config", "/dev/null"}).err.empty());
  CHECK(run(repository.path(), {"--config", "none.yml"}).err
        == "sluice-secrets: --config none.yml: there is no such file\n");
  CHECK(run(repository.path(), {"--format", "json", "--format", "text"}).status == 2);
  CHECK(run(repository.path(), {"--baseline-action", "create"}).err.find("needs --baseline FILE") != std::string::npos);
}

TEST_CASE("what was asked for by name and is not there is incomplete; along with others it is not applicable")
{
  const test::GitFixture repository;
  const std::vector<std::string> none{"--outcome", "none-of-its-kind"};
  const Ran named = run(repository.path(), none);
  CHECK(named.status == 3);
  CHECK(named.out.find("there is nothing that could leak") != std::string::npos);
  const Ran along = run(repository.path(), {"--outcome", "none-of-its-kind", "--asked", "along"});
  CHECK(along.status == 0);
  CHECK(along.out.find("PASS") == std::string::npos);
}

TEST_CASE("a gate that examined nothing and gives no reason is incomplete")
{
  const test::GitFixture repository;
  const Ran ran = run(repository.path(), {"--outcome", "nothing"});
  CHECK(ran.status == 3);
  CHECK(ran.out.find("does not say why") != std::string::npos);
}

TEST_CASE("report-only prints the verdict and passes, unless nobody could judge")
{
  const test::GitFixture repository;
  const auto& at = repository.path();
  const Ran found = run(at, {"--report-only", "--outcome", "finding"});
  CHECK(found.status == 0);
  CHECK(found.out.find("FAIL") != std::string::npos);
  CHECK(run(at, {"--report-only", "--outcome", "gap"}).status == 0);
  CHECK(run(at, {"--report-only", "--outcome", "unavailable"}).status == 4);
}

TEST_CASE("what is to be done about a verdict is done for a pass alone, and its failure is told")
{
  const test::GitFixture repository;
  test::Acted& acted = test::what_act_did();
  acted = {};
  CHECK(run(repository.path(), {}, {{"FAKE_TOKEN", "x"}, {"OTHER_TOKEN", "y"}}).status == 0);
  CHECK(acted.verdicts == std::vector{Verdict::pass});
  CHECK(run(repository.path(), {"--outcome", "finding"}).status == 1);
  CHECK(acted.verdicts.size() == 1);
  acted.fails_with = Error{ErrorKind::unavailable, "the ledger: cannot be reached"};
  const Ran failed = run(repository.path(), {});
  acted.fails_with.reset();
  CHECK(failed.status == 4);
  CHECK(failed.out.find("PASS") == std::string::npos);
  CHECK(failed.out.find("the ledger: cannot be reached") != std::string::npos);
}

TEST_CASE("from a subdirectory the repository's root counts")
{
  test::GitFixture repository;
  repository.write(".sluice.yml", "secrets: {outcome: directory}\n");
  repository.write("services/api/a.txt", "a\n");
  const std::string root = std::filesystem::canonical(repository.path()).string();
  for (const Ran& ran :
       {run(repository.path() / "services/api", {}), run(repository.path(), {"--repo", "services/api"})}) {
    CHECK(ran.status == 0);
    CHECK(ran.out.find("notice: " + root + "\n") != std::string::npos);
  }
}

TEST_CASE("a directory as an argument is answered with the flag for it")
{
  const test::GitFixture repository;
  CHECK(run(repository.path(), {"."}).err
        == "sluice-secrets: .: unexpected argument; to examine a directory: --repo .\n");
}

TEST_CASE("a directory that is no repository is examined as files, but has no range")
{
  const TemporaryDirectory directory = TemporaryDirectory::create().value();
  CHECK(run(directory.path(), {}).status == 0);
  CHECK(run(directory.path(), {"--base", "main"}).err.find("--base and --head need a repository") != std::string::npos);
}

TEST_CASE("the time that is told is the process's, from its beginning on")
{
  const test::GitFixture repository;
  CHECK(test::told_duration(repository.path(), std::chrono::hours(1)) >= std::chrono::hours(1));
}
