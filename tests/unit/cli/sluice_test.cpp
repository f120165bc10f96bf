// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "cli/sluice.hpp"
#include "config/layers.hpp"

#include <doctest/doctest.h>

#include <sstream>

using namespace sluice;

namespace {

constexpr RuleMeta rule{.id = "some-rule",
                        .title = "Some rule",
                        .since = "0.1.0",
                        .doc = "## What it does\nFinds.\n\n```sql\nselect 1;\n```\n",
                        .severity = Severity::high,
                        .tool = "secrets"};
constexpr const RuleMeta* rules[] = {&rule};
constexpr ci::GateInfo info{.name = "secrets", .question = "Is it?", .description = "It looks."};

struct Ran
{
  int status = 0;
  std::string out, err;
};

Ran
run(std::vector<std::string> arguments, const std::filesystem::path& directory = "/", Environment environment = {},
    const std::filesystem::path& executables = "/nonexistent")
{
  std::ostringstream out;
  std::ostringstream err;
  const cli::GateType gate{&info, rules, nullptr};
  const cli::Invocation invocation{.program = "sluice",
                                   .arguments = std::move(arguments),
                                   .environment = std::move(environment),
                                   .directory = directory,
                                   .executables = executables,
                                   .out = out,
                                   .err = err,
                                   .read_standard_input = [] { return std::string("not json"); }};
  const int status = cli::run_sluice(std::span(&gate, 1), invocation);
  return {status, out.str(), err.str()};
}

}  // namespace

TEST_CASE("without a command, help; with an unknown one, a suggestion")
{
  CHECK(run({}).out.starts_with("sluice: gates between a commit and production\n"));
  const Ran unknown = run({"explian"});
  CHECK(unknown.status == 2);
  CHECK(unknown.err == "sluice: explian: is not a command (did you mean explain?)\n");
  for (const char* ask : {"version", "--version", "-V"}) {
    CHECK(run({ask}).out.starts_with("sluice "));
  }
}

TEST_CASE("check says what it is without running a gate")
{
  const Ran told = run({"check", "--version"});
  CHECK(told.status == 0);
  CHECK(told.out == run({"version"}).out);
  CHECK(run({"check", "--help"}).out.starts_with("Usage: sluice check"));
  CHECK(run({"check", "--show-config"}).out.find("fail-on = low") != std::string::npos);
  CHECK(run({"check", "--format=docx"}).status == 2);
}

TEST_CASE("a gate that cannot judge decides check's status, and its words are told")
{
  struct Case
  {
    const char* script;
    int status;
    const char* told;
  };
  for (const Case& each : {Case{"echo 'nobody answers' >&2; exit 4", 4, "nobody answers"},
                           Case{"echo 'odd flag' >&2; exit 2", 2, "odd flag"}, Case{"kill -9 $$", 2, "status 137"},
                           Case{"echo pass", 2, "sluice-secrets"}, Case{"exit 1", 2, "sluice-secrets"}}) {
    CAPTURE(each.script);
    const TemporaryDirectory directory = TemporaryDirectory::create().value();
    const std::filesystem::path gate = directory.path() / "sluice-secrets";
    REQUIRE(write_file(gate, fmt::format("#!/bin/sh\n{}\n", each.script)));
    std::filesystem::permissions(gate, std::filesystem::perms::owner_all);
    const Ran ran = run({"check"}, directory.path(), {}, directory.path());
    CHECK(ran.status == each.status);
    CHECK(ran.err.find(each.told) != std::string::npos);
    CHECK(ran.out.find("PASS") == std::string::npos);
  }
  CHECK(run({"check"}).status == 2);  // its executable is not there
}

TEST_CASE("as an action, the input command decides")
{
  CHECK(run({}, "/", {{"INPUT_COMMAND", "version"}}).out.starts_with("sluice "));
}

TEST_CASE("explain tells a rule, lists all, and helps with a typo")
{
  const Ran told = run({"explain", "some-rule"});
  CHECK(told.status == 0);
  CHECK(told.out.find("some-rule: Some rule\n") == 0);
  CHECK(told.out.find("      select 1;\n") != std::string::npos);
  CHECK(told.out.find("sluice:allow[some-rule] reason") != std::string::npos);
  CHECK(run({"explain"}).out.find("1 rule.") != std::string::npos);
  const Ran typo = run({"explain", "some-rul"});
  CHECK(typo.status == 2);
  CHECK(typo.err == "sluice explain: some-rul: is not a rule (did you mean some-rule?)\n");
}

TEST_CASE("report refuses what is no report")
{
  CHECK(run({"report"}).status == 2);
  const Ran broken = run({"report", "-"});
  CHECK(broken.status == 2);
  CHECK(broken.out.empty());
  CHECK(broken.err.find("-: ") != std::string::npos);
}

TEST_CASE("init writes a configuration that is valid, and overwrites nothing")
{
  const TemporaryDirectory directory = TemporaryDirectory::create().value();
  std::filesystem::create_directories(directory.path() / "supabase" / "migrations");
  const Ran first = run({"init"}, directory.path());
  CHECK(first.status == 0);
  CHECK(first.out.find("wrote  .sluice.yml\n") != std::string::npos);
  const std::string text = read_file(directory.path() / ".sluice.yml").value();
  CHECK(text.find("    - supabase/migrations\n") != std::string::npos);
  CHECK(std::filesystem::exists(directory.path() / ".github" / "workflows" / "sluice.yml"));

  REQUIRE(write_file(directory.path() / ".sluice.yml", "fail-on: high\n"));
  CHECK(run({"init"}, directory.path()).out.find("kept   .sluice.yml") != std::string::npos);
  CHECK(read_file(directory.path() / ".sluice.yml").value() == "fail-on: high\n");
}
