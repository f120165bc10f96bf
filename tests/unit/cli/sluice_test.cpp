// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "cli/sluice.hpp"
#include "finding/executable.hpp"
#include "finding/report.hpp"
#include "gate/gate.hpp"
#include "output/sink.hpp"
#include "support/git_fixture.hpp"
#include "support/plain_redactor.hpp"

#include <doctest/doctest.h>

#include <sstream>

using namespace sluice;

namespace {

struct FakeOptions
{
  std::string scope;
};

void
describe(FakeOptions& options, config::OptionTable& table)
{
  table.text(options.scope, {.key = "scope", .value = "SCOPE", .help = "Where to look."});
}

constexpr gate::Face secrets{{.name = "secrets", .question = "Is it?", .description = "It looks."},
                             gate::make_options<FakeOptions>};
constexpr gate::Face migrations{{.name = "migrations", .question = "Will it?", .description = "It looks."},
                                gate::make_options<gate::NoOptions>};

struct Ran
{
  int status = 0;
  std::string out, err;
};

Ran
run(std::vector<std::string> arguments, const std::filesystem::path& directory = "/", Environment environment = {},
    const std::filesystem::path& executables = "/nonexistent", std::size_t gates = 1)
{
  std::ostringstream out;
  std::ostringstream err;
  const cli::Invocation invocation{.program = "sluice",
                                   .arguments = std::move(arguments),
                                   .environment = std::move(environment),
                                   .directory = directory,
                                   .executables = executables,
                                   .out = out,
                                   .err = err,
                                   .read_standard_input = [] { return std::string("not json"); }};
  const std::array<const gate::Face*, 2> both{&migrations, &secrets};
  const int status = cli::run_sluice(std::span(both).last(gates), invocation);
  return {status, out.str(), err.str()};
}

}  // namespace

TEST_CASE("without a command, help; with an unknown one, a suggestion")
{
  CHECK(run({}).out.starts_with("sluice: gates between a commit and production\n"));
  CHECK(run({}).out.find("\nNew here: sluice init, then sluice check.\n") != std::string::npos);
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

/// A directory with scripts in the place of gates.
class FakeGates
{
public:
  void
  add(std::string_view gate, std::string_view script)
  {
    const std::filesystem::path file = directory_.path() / executable_name(gate);
    REQUIRE(write_file(file, fmt::format("#!/bin/sh\n{}\n", script)));
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
  }
  [[nodiscard]] const std::filesystem::path&
  path() const
  {
    return directory_.path();
  }

private:
  TemporaryDirectory directory_ = TemporaryDirectory::create().value();
};

Report
clean_report(std::string_view tool)
{
  RawReport report;
  report.tool = tool;
  report.version = "1";
  report.coverage.counts = {{3, "files"}};
  return test::shown(std::move(report));
}

/// A script that prints these reports.
std::string
printing(std::span<const Report> reports)
{
  return fmt::format("cat <<'REPORT'\n{}\nREPORT", output::find_sink("json")->render(reports, {}));
}

/// A script that prints the report of a gate that passed.
std::string
passing_gate(std::string_view tool)
{
  const Report report = clean_report(tool);
  return printing(std::span(&report, 1));
}

/// A script that prints the report of a gate that is incomplete, and ends with `status`.
std::string
incomplete_gate(int status)
{
  Report report = clean_report("secrets");
  report.gaps = {{{GapKind::lfs, "big.bin", "is kept by Git LFS", ""}, false, ""}};
  report.verdict = verdict_of(report);
  return fmt::format("{}\nexit {}", printing(std::span(&report, 1)), status);
}

TEST_CASE("a gate that cannot judge has a report, decides check's status, and its words are in it alone")
{
  struct Case
  {
    const char* script;
    int status;
    const char* told;
  };
  for (const Case& each :
       {Case{"echo 'sluice-secrets: nobody answers' >&2; exit 4", 4, "nobody answers"},
        Case{"echo 'odd flag' >&2; exit 2", 2, "odd flag"}, Case{"kill -9 $$", 2, "status 137"},
        Case{"echo pass", 2, "not JSON"}, Case{"exit 1", 2, "status 1"}, Case{"exit 0", 2, "status 0"}}) {
    CAPTURE(each.script);
    FakeGates gates;
    gates.add("secrets", each.script);
    gates.add("migrations", passing_gate("migrations"));
    const Ran ran = run({"check", "--format", "sarif=r.sarif"}, gates.path(), {}, gates.path(), 2);
    CHECK(ran.status == each.status);
    CHECK(ran.out.find(each.told) != std::string::npos);
    CHECK(ran.err.empty());
    CHECK(ran.out.find("PASS") == std::string::npos);
    const std::string sarif = read_file(gates.path() / "r.sarif").value();
    CHECK(sarif.find("\"executionSuccessful\": false") != std::string::npos);
    CHECK(sarif.find("\"executionSuccessful\": true") != std::string::npos);
  }
  CHECK(run({"check"}).status == 2);  // its executable is not there
}

TEST_CASE("check believes a report of the gate itself, one, whose end says the same")
{
  const std::array<Report, 2> two{clean_report("secrets"), clean_report("secrets")};
  struct Case
  {
    std::string script;
    int status;
    const char* told;
  };
  for (const Case& each : {Case{passing_gate("secrets"), 0, "PASS"}, Case{incomplete_gate(3), 3, "big.bin"},
                           Case{passing_gate("migrations"), 2, "it did not answer with one report of its own"},
                           Case{printing(two), 2, "it did not answer with one report of its own"},
                           Case{passing_gate("secrets") + "\nexit 3", 2, "says pass, but it ended with status 3"},
                           Case{incomplete_gate(0), 2, "says incomplete, but it ended with status 0"},
                           Case{passing_gate("secrets") + "\nkill -9 $$", 2, "but it ended with status 137"}}) {
    CAPTURE(each.script);
    FakeGates gates;
    gates.add("secrets", each.script);
    const Ran ran = run({"check"}, gates.path(), {}, gates.path());
    CHECK(ran.status == each.status);
    CHECK(ran.out.find(each.told) != std::string::npos);
  }
}

TEST_CASE("report-only is check's own: a gate that it was handed on to could end well without having passed")
{
  FakeGates gates;
  gates.add("secrets", "echo \"$@\" >args; env >env; " + incomplete_gate(3));
  const Environment environment{{"PATH", "/usr/bin:/bin"}, {"SLUICE_REPORT_ONLY", "true"}, {"SLUICE_FORMAT", "html"}};
  const Ran ran = run({"check", "--format", "text"}, gates.path(), environment, gates.path());
  CHECK(ran.status == 0);
  CHECK(ran.out.find("INCOMPLETE") != std::string::npos);
  CHECK(read_file(gates.path() / "args").value().find("--report-only=false") != std::string::npos);
  CHECK(read_file(gates.path() / "env").value().find("SLUICE_") == std::string::npos);
}

TEST_CASE("check that cannot begin reports for itself, in what was asked for and to the platform")
{
  FakeGates gates;
  const auto& at = gates.path();
  const Environment github{{"GITHUB_ACTIONS", "true"},
                           {"GITHUB_STEP_SUMMARY", (at / "summary.md").string()},
                           {"GITHUB_OUTPUT", (at / "output").string()}};
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"check", "--format=json=r.json", "--sekrets"},
        {"check", "--format=json=r.json", "--format"},
        {"check", "--format", "json=r.json", "--format=docx"},
        {"check", "--format=json=r.json", "--gates", "sekrets"},
        {"check", "--format=json=r.json", "--format=html=no/where/r.html"}}) {
    CAPTURE(arguments.back());
    for (const char* name : {"r.json", "summary.md", "output"}) {
      std::filesystem::remove(at / name);
    }
    const Ran ran = run(arguments, at, github, at);
    CHECK(ran.status == 2);
    CHECK(ran.out.empty());
    CHECK(ran.err.starts_with("sluice check: "));
    const auto reports = output::parse_reports(read_file(at / "r.json").value(), "r.json", test::plain());
    REQUIRE(reports);
    CHECK(reports->front().tool == "check");
    CHECK(reports->front().verdict == Verdict::unable);
    CHECK(read_file(at / "summary.md").value().find("unable") != std::string::npos);
    CHECK(read_file(at / "output").value().find("result=unable") != std::string::npos);
  }
}

TEST_CASE("check hands on options by gate, only declared variables, and progress to nobody")
{
  FakeGates gates;
  gates.add("secrets", "echo \"$@\" >args; env >env; printf '\\036progress 1 2\\n' >&2; " + passing_gate("secrets"));
  gates.add("migrations", "echo \"$@\" >args-migrations; " + passing_gate("migrations"));
  const Environment environment{{"PATH", "/usr/bin:/bin"},      {"HOME", "/h"},
                                {"AWS_SECRET_ACCESS_KEY", "x"}, {"GITHUB_TOKEN", "y"},
                                {"SLUICE_SECRETS_SCOPE", "a"},  {"SLUICE_FAIL_ON", "high"},
                                {"SLUICE_FRAMEWORK", "plain"},  {"SLUICE_MIGRATIONS_PATHS", "x"}};
  const Ran ran =
      run({"check", "--secrets.scope=b", "--fail-on=low", "--quiet"}, gates.path(), environment, gates.path(), 2);
  CHECK(ran.status == 0);
  CHECK(ran.err.empty());
  const std::string arguments = read_file(gates.path() / "args").value();
  CHECK(arguments.find("--secrets.scope=b") != std::string::npos);
  CHECK(arguments.find("--asked=along") != std::string::npos);
  CHECK(arguments.find("--quiet") == std::string::npos);
  CHECK(read_file(gates.path() / "args-migrations").value().find("scope") == std::string::npos);
  const std::string variables = read_file(gates.path() / "env").value();
  CHECK(variables.find("SLUICE_FAIL_ON=high") != std::string::npos);
  CHECK(variables.find("AWS_SECRET_ACCESS_KEY") == std::string::npos);
  CHECK(variables.find("GITHUB_TOKEN") == std::string::npos);
  CHECK(variables.find("SLUICE_SECRETS_SCOPE=a") != std::string::npos);
  CHECK(variables.find("SLUICE_FRAMEWORK") == std::string::npos);
  CHECK(variables.find("SLUICE_MIGRATIONS_PATHS") == std::string::npos);
  run({"check", "--gates=secrets"}, gates.path(), environment, gates.path(), 2);
  CHECK(read_file(gates.path() / "args").value().find("--asked=by-name") != std::string::npos);
}

TEST_CASE("as an action, the input command decides")
{
  CHECK(run({}, "/", {{"INPUT_COMMAND", "version"}}).out.starts_with("sluice "));
}

TEST_CASE("explain asks the gate that has the rule, lists all, and helps with a typo")
{
  FakeGates gates;
  gates.add("secrets", "echo \"told by $0 $*\"");
  const Ran told = run({"explain", "json-web-token"}, "/", {}, gates.path());
  CHECK(told.status == 0);
  CHECK(told.out.find("explain json-web-token\n") != std::string::npos);
  CHECK(run({"explain"}, "/", {}, gates.path()).out.find(" rules. sluice explain RULE tells more.")
        != std::string::npos);
  const Ran typo = run({"explain", "json-web-tokn"});
  CHECK(typo.status == 2);
  CHECK(typo.err == "sluice explain: json-web-tokn: is not a rule (did you mean json-web-token?)\n");
}

TEST_CASE("report refuses what is no report")
{
  CHECK(run({"report"}).status == 2);
  const Ran broken = run({"report", "-"});
  CHECK(broken.status == 2);
  CHECK(broken.out.empty());
  CHECK(broken.err.find("-: ") != std::string::npos);
}

TEST_CASE("init writes what the gates say of the repository to its root, and overwrites nothing")
{
  FakeGates gates;
  gates.add("secrets", "echo 'secrets:'; echo '  scope: auto'");
  const test::GitFixture repository;
  const std::filesystem::path& root = repository.path();
  std::filesystem::create_directories(root / "deep" / "er");
  const Ran first = run({"init"}, root / "deep" / "er", {}, gates.path());
  CHECK(first.status == 0);
  CHECK(first.out.find("wrote  .sluice.yml\n") != std::string::npos);
  const std::string text = read_file(root / ".sluice.yml").value();
  CHECK(text.find("\nsecrets:\n  scope: auto\n") != std::string::npos);
  const std::string workflow = read_file(root / ".github" / "workflows" / "sluice.yml").value();
  for (const char* needed :
       {"types: [opened, synchronize, reopened, edited]", "merge_group:", "fetch-depth: 0", "uses: actions/checkout"}) {
    CHECK(workflow.find(needed) != std::string::npos);
  }
  const std::string branch = read_file(root / ".git" / "HEAD").value().substr(16);
  CHECK(workflow.find("branches: [" + branch.substr(0, branch.size() - 1) + "]\n") != std::string::npos);
  CHECK(workflow.find("if:") == std::string::npos);  // a required check that is skipped counts as passed

  REQUIRE(write_file(root / ".sluice.yml", "fail-on: high\n"));
  CHECK(run({"init"}, root, {}, gates.path()).out.find("kept   .sluice.yml") != std::string::npos);
  CHECK(read_file(root / ".sluice.yml").value() == "fail-on: high\n");
}
