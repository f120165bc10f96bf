// SPDX-License-Identifier: Apache-2.0
//
// Where the reports of a run go, and in which clothes.
#include "base/path.hpp"
#include "support/git_fixture.hpp"
#include "unit/cli/fake_gate.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using test::Ran;
using test::run;
using test::text_of;

TEST_CASE("a format with a file leaves standard output to the text")
{
  const test::GitFixture repository;
  const Ran ran = run(repository.path(), {"--outcome", "finding", "--format", "json=r.json"});
  CHECK(ran.status == 1);
  CHECK(ran.out.find("leak") != std::string::npos);
  CHECK(text_of(repository.path() / "r.json").find("sluice.report/") != std::string::npos);
  CHECK(run(repository.path(), {"--format", "json"}).out.starts_with("{"));
}

TEST_CASE("a file that cannot be written is found before anything is judged")
{
  const test::GitFixture repository;
  const Ran ran = run(repository.path(), {"--outcome", "throws", "--format", "json=no/such/dir/r.json"});
  CHECK(ran.status == 2);
  CHECK(ran.out.empty());
  CHECK(ran.err.find("--format json: ") != std::string::npos);
  CHECK(ran.err.find("no/such/dir/r.json: cannot be written") != std::string::npos);
  CHECK(run(repository.path(), {"--format", "json=."}).err.find("is a directory") != std::string::npos);
}

TEST_CASE("a gate that cannot judge has a report in every file that was asked for")
{
  const test::GitFixture repository;
  const Ran ran = run(repository.path(), {"--outcome", "unavailable", "--format", "json=r.json", "--format", "sarif"});
  CHECK(ran.status == 4);
  CHECK(ran.err == "sluice-secrets: advisory service: cannot be reached\n");
  CHECK(text_of(repository.path() / "r.json").find("advisory service: cannot be reached") != std::string::npos);
  CHECK(ran.out.find("\"executionSuccessful\": false") != std::string::npos);
}

TEST_CASE("whatever a run fails of, the formats that can be had and the platform are told, and what cannot is said")
{
  const test::GitFixture repository;
  const auto& at = repository.path();
  struct Case
  {
    std::vector<std::string> arguments;
    const char* told;
  };
  for (const Case& each : {Case{{"--nonsense", "--format", "json=r.json"}, "--nonsense: is not a flag"},
                           Case{{"--format=json=r.json", "--outcome"}, "--outcome"},
                           Case{{"--format=json=r.json", "surplus"}, "surplus: unexpected argument"},
                           Case{{"--format=json=r.json", "--format=docx"}, "--format docx: is not one of"},
                           Case{{"--format=json=r.json", "--format=html=no/dir/r.html"}, "no/dir/r.html"},
                           Case{{"--format=json=r.json", "--outcome=impossible"}, "cannot be that"},
                           Case{{"--format=json=r.json", "--fail-on=sometimes"}, "sometimes"},
                           Case{{"--format=json=r.json", "--config=none.yml"}, "none.yml: there is no such file"},
                           Case{{"--format=json=r.json", "--outcome=throws"}, "internal error: boom"}}) {
    CAPTURE(each.told);
    const TemporaryDirectory files = TemporaryDirectory::create().value();
    const auto summary = files.path() / "summary.md";
    const auto output = files.path() / "output";
    std::filesystem::remove(at / "r.json");
    const Ran ran = run(
        at, each.arguments,
        {{"GITHUB_ACTIONS", "true"}, {"GITHUB_STEP_SUMMARY", summary.string()}, {"GITHUB_OUTPUT", output.string()}});
    CHECK(ran.status == 2);
    CHECK(ran.out.empty());
    CHECK(ran.err.find(each.told) != std::string::npos);
    CHECK(text_of(at / "r.json").find("\"verdict\": \"unable\"") != std::string::npos);
    CHECK(text_of(summary).find(each.told) != std::string::npos);
    CHECK(text_of(output).find("result=unable") != std::string::npos);
  }
}

TEST_CASE("a payload that cannot be read is told to the platform that gave it")
{
  const test::GitFixture repository;
  const TemporaryDirectory files = TemporaryDirectory::create().value();
  const auto summary = files.path() / "summary.md";
  const Ran ran = run(repository.path(), {},
                      {{"GITHUB_ACTIONS", "true"},
                       {"GITHUB_EVENT_NAME", "pull_request"},
                       {"GITHUB_EVENT_PATH", (files.path() / "event.json").string()},
                       {"GITHUB_STEP_SUMMARY", summary.string()}});
  CHECK(ran.status == 2);
  CHECK(text_of(summary).find("unable") != std::string::npos);
}

TEST_CASE("colours follow NO_COLOR and FORCE_COLOR")
{
  const test::GitFixture repository;
  const auto coloured = [&repository](Environment environment) {
    return run(repository.path(), {"--outcome", "finding"}, std::move(environment)).out.find("\x1b[")
           != std::string::npos;
  };
  CHECK_FALSE(coloured({}));
  CHECK(coloured({{"FORCE_COLOR", "1"}}));
  CHECK_FALSE(coloured({{"FORCE_COLOR", "1"}, {"NO_COLOR", "1"}}));
}

TEST_CASE("on GitHub: annotations, summary and outputs; an unwritable file is a warning and the verdict stays")
{
  const test::GitFixture repository;
  const TemporaryDirectory files = TemporaryDirectory::create().value();
  Environment environment{{"GITHUB_ACTIONS", "true"},
                          {"GITHUB_EVENT_NAME", "workflow_dispatch"},
                          {"GITHUB_OUTPUT", (files.path() / "output").string()},
                          {"GITHUB_STEP_SUMMARY", "/nonexistent/summary"},
                          {"INPUT_OUTCOME", "finding"}};
  const Ran ran = run(repository.path(), {}, environment);
  CHECK(ran.status == 1);
  CHECK(ran.out.find("::error ") != std::string::npos);
  CHECK(text_of(files.path() / "output").find("result") != std::string::npos);
  CHECK(ran.err.find("warning: GITHUB_STEP_SUMMARY cannot be written") != std::string::npos);

  environment["INPUT_OUTCOM"] = "x";
  const Ran refused = run(repository.path(), {}, environment);
  CHECK(refused.status == 2);
  CHECK(refused.err.find("INPUT_OUTCOM") != std::string::npos);
}
