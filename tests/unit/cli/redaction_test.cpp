// SPDX-License-Identifier: Apache-2.0
//
// A secret that a run meets is on no way out of it, and a run that has nothing to say does not pay for that.
#include "base/path.hpp"
#include "cli/sluice.hpp"
#include "credentials/template.hpp"
#include "support/git_fixture.hpp"
#include "unit/cli/fake_gate.hpp"

#include <doctest/doctest.h>

#include <array>
#include <sstream>
#include <stdexcept>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace sluice;
using test::Ran;
using test::run;

namespace {

std::string
token()
{
  return credentials::expand_template("ghp_{{base62:30}}{{checksum}}", "redaction", credentials::Checksum::github);
}

/// Whether the secret is nowhere, in whole or in part, and the text tells that one was there.
void
check_hidden(const std::string& text)
{
  CAPTURE(text);
  CHECK(text.find(token().substr(8, 12)) == std::string::npos);
  const std::string beginning = "ghp_" + token().substr(4, 2);
  const bool is_told = text.find(beginning + "…(40 characters)") != std::string::npos
                       || text.find(beginning + "\\u2026(40 characters)") != std::string::npos
                       || text.find("ghp&#95;" + token().substr(4, 2) + "…(40 characters)") != std::string::npos;
  CHECK(is_told);
}

/// Sets what the fake gate says for one test.
struct Says
{
  explicit Says(std::string text) { test::what_it_says() = std::move(text); }
  Says(const Says&) = delete;
  Says& operator=(const Says&) = delete;
  ~Says() { test::what_it_says().clear(); }
};

}  // namespace

TEST_CASE("a run that passes does not load the database of credentials")
{
  test::GitFixture repository;
  repository.commit("a.txt", "x", "Start");
  const Ran passed = run(repository.path(), {});
  CHECK(passed.status == 0);
  CHECK(passed.loads == 0);
  CHECK(run(repository.path(), {"--format", "json"}).loads == 0);
  CHECK(run(repository.path(), {"--help"}).loads == 0);
  CHECK(run(repository.path(), {"--outcome", "finding"}).loads == 1);
  CHECK(run(repository.path(), {"--outcome", "gap"}).loads == 1);
  CHECK(run(repository.path(), {"--nonsense"}).loads == 1);
}

TEST_CASE("whatever a gate says of hostile names, reasons and lines is told without the secret")
{
  const test::GitFixture repository;
  const Says says("dir/" + token() + ".txt");
  for (const char* format : {"text", "json", "sarif", "junit", "html", "summary", "github", "gitlab-codequality"}) {
    CAPTURE(format);
    const Ran ran = run(repository.path(), {"--outcome", "says", "--format", format});
    check_hidden(ran.out);
    CHECK(ran.err.empty());
  }
}

TEST_CASE("a crash prints no secret")
{
  const test::GitFixture repository;
  const Says says(" at postgres://app:" + token() + "@db/shop");
  const Ran ran =
      run(repository.path(), {"--outcome", "throws", "--format", "json=r.json"}, {{"GITHUB_ACTIONS", "true"}});
  CHECK(ran.status == 2);
  check_hidden(ran.err);
  check_hidden(test::text_of(repository.path() / "r.json"));
}

TEST_CASE("an exception that nobody takes ends the process without being quoted")
{
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(ends[1], STDERR_FILENO);
    (void)cli::this_process(0, nullptr);
    std::thread([] { throw std::runtime_error(token()); }).join();
    ::_exit(0);
  }
  REQUIRE(child > 0);
  ::close(ends[1]);
  std::string said;
  std::array<char, 4096> part{};
  for (ssize_t count = 0; (count = ::read(ends[0], part.data(), part.size())) > 0;) {
    said.append(part.data(), static_cast<std::size_t>(count));
  }
  ::close(ends[0]);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 2);
  CHECK(said == "sluice: internal error: an exception was not taken\n");
}

TEST_CASE("errors, notices and --show-config print no secret of a flag, a variable or a file")
{
  const test::GitFixture repository;
  check_hidden(run(repository.path(), {"--format", token()}).err);
  check_hidden(run(repository.path(), {"--" + token()}).err);
  check_hidden(run(repository.path(), {}, {{"SLUICE_THREADS", token()}}).err);
  check_hidden(run(repository.path(), {"--show-config", "--outcome", token()}).out);
  REQUIRE(write_file(repository.path() / ".sluice.yml", "fail-on: " + token() + "\n"));
  check_hidden(run(repository.path(), {}).err);
  REQUIRE(write_file(repository.path() / ".sluice.yml", "secrets:\n  " + token() + ": 1\n"));
  check_hidden(run(repository.path(), {}).err);
  REQUIRE(write_file(repository.path() / ".sluice.yml", "*" + token() + "\n"));
  CHECK(run(repository.path(), {}).err.find(token().substr(8, 12)) == std::string::npos);
}

TEST_CASE("a command's own output holds no secret")
{
  const test::GitFixture repository;
  check_hidden(run(repository.path(), {"say", "it", token() + " "}).out);
}

TEST_CASE("a URL with a password in any variable is shown without it")
{
  const test::GitFixture repository;
  const Ran ran =
      run(repository.path(), {"--format", "json"},
          {{"CI", "true"}, {"CI_PROJECT_URL", "https://ci:hunter2hunter@git.acme.io/a/b"}, {"GITLAB_CI", "true"}});
  CHECK(ran.out.find("hunter2hunter") == std::string::npos);
  const Ran wrong = run(repository.path(), {}, {{"SLUICE_THREADS", "ftp://ci:hunter2hunter@git.acme.io/a/b"}});
  CHECK(wrong.status == 2);
  CHECK(wrong.err.find("hunter2") == std::string::npos);
  CHECK(wrong.err.find("ftp://ci:…(8 to 15 characters)@git.acme.io/a/b") != std::string::npos);
}

TEST_CASE("a baseline names a file without the secret in its name")
{
  const test::GitFixture repository;
  const Says says(token() + ".txt");
  const Ran ran = run(repository.path(), {"--outcome", "says", "--baseline", "b.json", "--baseline-action", "create",
                                          "--inline-comments", "ignore"});
  CAPTURE(ran.err);
  check_hidden(test::text_of(repository.path() / "b.json"));
}

TEST_CASE("of a file whose name is not shown whole the blob is told")
{
  const test::GitFixture repository;
  const Says says(token() + ".txt");
  REQUIRE(write_file(repository.path() / (token() + ".txt"), "hello\n"));
  const Ran ran = run(repository.path(), {"--outcome", "says", "--format", "json"});
  CHECK(ran.out.find("ce013625030ba8dba906f756967f9e9ca394464a") != std::string::npos);
}

TEST_CASE("the umbrella prints no secret of its arguments")
{
  std::ostringstream out;
  std::ostringstream err;
  const cli::Invocation invocation{.program = "sluice",
                                   .arguments = {token()},
                                   .environment = {},
                                   .directory = ".",
                                   .executables = {},
                                   .out = out,
                                   .err = err,
                                   .read_standard_input = [] { return std::string(); }};
  CHECK(cli::run_sluice({}, invocation) == 2);
  check_hidden(err.str());
}
