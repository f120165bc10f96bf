// SPDX-License-Identifier: Apache-2.0
//
// The whole way of a run, with a gate that finds what the test tells it to.
#include "base/path.hpp"
#include "cli/gate_run.hpp"
#include "support/git_fixture.hpp"

#include <doctest/doctest.h>

#include <sstream>

using namespace sluice;

namespace {

constexpr RuleMeta leak{.id = "leak",
                        .title = "A leak",
                        .since = "0.1.0",
                        .doc = "## What it does\n\n## Why\n\n## Instead\n",
                        .severity = Severity::high,
                        .tool = "secrets"};
constexpr const RuleMeta* rules[] = {&leak};

struct FakeOptions
{
  std::string outcome = "clean";
  std::vector<std::string> exclude;
};

struct FakeGate
{
  FakeOptions options;

  static const ci::GateInfo&
  info()
  {
    static constexpr ci::GateInfo gate{.name = "secrets", .question = "Is it?", .description = "It looks."};
    return gate;
  }
  static std::span<const RuleMeta* const>
  rule_metas()
  {
    return rules;
  }

  void
  describe(config::OptionTable& table)
  {
    table.text(options.outcome, {.key = "outcome", .value = "WHAT", .help = "What to find."});
    table.list(options.exclude,
               {.key = "exclude", .value = "GLOB", .help = "What to skip.", .trust = config::Trust::base_ref});
  }

  [[nodiscard]] Result<Findings>
  run(const ci::GateInput& input) const
  {
    Findings findings;
    findings.coverage.scope = input.range.text;
    if (options.outcome == "unavailable") {
      return fail(ErrorKind::unavailable, "advisory service: cannot be reached");
    }
    if (options.outcome == "throws") {
      throw std::runtime_error("boom");
    }
    if (options.outcome == "gap") {
      findings.gaps.push_back({"object 1", "is missing", "fetch it"});
    }
    if (options.outcome == "finding" && options.exclude.empty()) {
      Finding finding;
      finding.rule = &leak;
      finding.where = {.path = "a.txt", .begin = {1, 1}, .end = {1, 3}};
      finding.message = "a leak";
      finding.fingerprint = {std::string(64, 'f')};
      findings.found.push_back(finding);
    }
    return findings;
  }
};

struct Ran
{
  int status = 0;
  std::string out, err;
};

Ran
run(const std::filesystem::path& directory, std::vector<std::string> arguments, Environment environment = {})
{
  std::ostringstream out;
  std::ostringstream err;
  environment.emplace("SOURCE_DATE_EPOCH", "1767225600");  // 2026-01-01
  const cli::Invocation invocation{.program = "sluice-secrets",
                                   .arguments = std::move(arguments),
                                   .environment = std::move(environment),
                                   .directory = directory,
                                   .executables = {},
                                   .out = out,
                                   .err = err,
                                   .read_standard_input = [] { return std::string(); }};
  const int status = cli::run_gate(cli::gate_type<FakeGate>(), invocation);
  return {status, out.str(), err.str()};
}

std::string
text_of(const std::filesystem::path& file)
{
  return read_file(file).value_or("(none)");
}

}  // namespace

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

TEST_CASE("help and version judge nothing")
{
  const TemporaryDirectory directory = TemporaryDirectory::create().value();
  CHECK(run(directory.path(), {"--help"}).out.starts_with("sluice-secrets: Is it?\n"));
  CHECK(run(directory.path(), {"--version"}).out.starts_with("sluice-secrets "));
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
  CHECK(run(repository.path(), {"--config", "none.yml"}).err
        == "sluice-secrets: --config none.yml: there is no such file\n");
  CHECK(run(repository.path(), {"--format", "json", "--format", "text"}).status == 2);
  CHECK(run(repository.path(), {"--baseline-action", "create"}).err.find("needs --baseline FILE") != std::string::npos);
}

TEST_CASE("a format with a file leaves standard output to the text")
{
  const test::GitFixture repository;
  const Ran ran = run(repository.path(), {"--outcome", "finding", "--format", "json=r.json"});
  CHECK(ran.status == 1);
  CHECK(ran.out.find("leak") != std::string::npos);
  CHECK(text_of(repository.path() / "r.json").find("sluice.report/1") != std::string::npos);
  CHECK(run(repository.path(), {"--format", "json"}).out.starts_with("{"));
}

TEST_CASE("a file that the user asked for and cannot be written is an error, after the verdict was shown")
{
  const test::GitFixture repository;
  const Ran ran = run(repository.path(), {"--outcome", "finding", "--format", "json=no/such/dir/r.json"});
  CHECK(ran.status == 2);
  CHECK(ran.out.find("leak") != std::string::npos);
  CHECK(ran.err.find("no/such/dir/r.json: cannot create") != std::string::npos);
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
  CHECK(refused.err.find("INPUT_OUTCOM: is not an input of this tool (did you mean outcome?)") != std::string::npos);
}

TEST_CASE("a baseline is created once, covers, and is updated on demand")
{
  const test::GitFixture repository;
  const auto& at = repository.path();
  const std::vector<std::string> base{"--outcome", "finding", "--baseline", "b.json"};
  auto with = [&base](std::initializer_list<std::string> more) {
    std::vector<std::string> all = base;
    all.insert(all.end(), more);
    return all;
  };
  CHECK(run(at, base).status == 2);
  const Ran created = run(at, with({"--baseline-action", "create"}));
  CHECK(created.status == 0);
  CHECK(text_of(at / "b.json").find(std::string(64, 'f')) != std::string::npos);
  CHECK(run(at, base).status == 0);
  CHECK(run(at, with({"--baseline-action", "create"})).err.find("exists already") != std::string::npos);
  CHECK(run(at, {"--baseline", "b.json", "--baseline-action", "update"}).status == 0);
  CHECK(run(at, base).status == 1);
}

TEST_CASE("a pull request's own configuration cannot weaken the gate; its base branch's counts")
{
  test::GitFixture repository;
  repository.write(".sluice.yml", "fail-on: high\n");
  const std::string base = repository.commit("base");
  repository.git({"checkout", "-q", "-b", "change"});
  repository.write(".sluice.yml", "fail-on: none\nsecrets:\n  outcome: finding\n  exclude: ['**']\n");
  const std::string head = repository.commit("weaken");
  const TemporaryDirectory files = TemporaryDirectory::create().value();
  const auto payload = files.path() / "event.json";
  REQUIRE(write_file(payload, R"({"number":1,"pull_request":{"number":1,"head":{"sha":")" + head
                                  + R"("},"base":{"ref":"main","sha":")" + base + R"("}}})"));
  const Environment environment{{"GITHUB_ACTIONS", "true"},
                                    {"GITHUB_EVENT_NAME", "pull_request"},
                                    {"GITHUB_EVENT_PATH", payload.string()},
                                    {"GITHUB_SHA", head}};
  const Ran ran = run(repository.path(), {}, environment);
  CHECK(ran.status == 1);
  CHECK(ran.out.find("\"fail-on\" in a change's own configuration does not count") != std::string::npos);

  // The same text on a laptop is the owner's, and counts.
  CHECK(run(repository.path(), {}).status == 0);
}

TEST_CASE("a pull request cannot bring its own baseline")
{
  test::GitFixture repository;
  repository.write(".sluice.yml", "baseline: b.json\n");
  repository.write("b.json", "{\"schema\": \"sluice.baseline/1\", \"findings\": []}\n");
  const std::string base = repository.commit("base");
  repository.write("b.json", "{\"schema\": \"sluice.baseline/1\", \"findings\": [{\"fingerprint\": \""
                                 + std::string(64, 'f') + "\"}]}\n");
  const std::string head = repository.commit("accept my own leak");
  const TemporaryDirectory files = TemporaryDirectory::create().value();
  const auto payload = files.path() / "event.json";
  REQUIRE(write_file(payload, R"({"number":1,"pull_request":{"number":1,"head":{"sha":")" + head
                                  + R"("},"base":{"ref":"main","sha":")" + base + R"("}}})"));
  const Environment environment{{"GITHUB_ACTIONS", "true"},
                                    {"GITHUB_EVENT_NAME", "pull_request"},
                                    {"GITHUB_EVENT_PATH", payload.string()},
                                    {"GITHUB_SHA", head}};
  CHECK(run(repository.path(), {"--outcome", "finding"}, environment).status == 1);
  CHECK(run(repository.path(), {"--outcome", "finding"}).status == 0);
}

TEST_CASE("a directory that is no repository is examined as files, but has no range")
{
  const TemporaryDirectory directory = TemporaryDirectory::create().value();
  CHECK(run(directory.path(), {}).status == 0);
  CHECK(run(directory.path(), {"--base", "main"}).err.find("--base and --head need a repository") != std::string::npos);
}
