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

constexpr RuleMeta leak{.id = "json-web-token",
                        .title = "A leak",
                        .since = "0.1.0",
                        .doc = {.what = "Leaks.", .why = "Harm.", .instead = "Mend."},
                        .severity = Severity::high,
                        .tool = "secrets"};
constexpr RuleMeta newer{.id = "age-secret-key",
                         .title = "A newer leak",
                         .since = "0.2.0",
                         .doc = {.what = "Leaks.", .why = "Harm.", .instead = "Mend."},
                         .severity = Severity::high,
                         .tool = "secrets",
                         .state = RuleState::preview};
constexpr const RuleMeta* rules[] = {&newer, &leak};

struct FakeOptions
{
  std::string outcome = "clean";
  std::vector<std::string> exclude;
};

void
describe(FakeOptions& options, config::OptionTable& table)
{
  table.text(options.outcome, {.key = "outcome", .value = "WHAT", .help = "What to find."});
  table.list(options.exclude,
             {.key = "exclude", .value = "GLOB", .help = "What to skip.", .trust = config::Trust::base_ref});
}

void
check(const FakeOptions& options, config::OptionChecks& checks)
{
  if (options.outcome == "impossible") {
    checks.refuse("outcome", "cannot be that");
  }
}

Finding
finding_of(const RuleMeta& rule)
{
  Finding finding;
  finding.rule = &rule;
  finding.where = {.path = "a.txt", .begin = {1, 1}, .end = {1, 3}};
  finding.message = "a leak";
  finding.fingerprint = {std::string(64, 'f')};
  return finding;
}

Result<Findings>
look(const FakeOptions& options, const gate::Input& input)
{
  Findings findings;
  findings.coverage = {input.range.text, {{1, "files"}}};
  if (options.outcome == "unavailable") {
    return fail(ErrorKind::unavailable, "advisory service: cannot be reached");
  }
  if (options.outcome == "throws") {
    throw std::runtime_error("boom");
  }
  if (options.outcome == "gap") {
    findings.gaps.push_back({GapKind::missing_object, "object 1", "is missing", "fetch it"});
  }
  if (options.outcome == "nothing") {
    findings.coverage.counts.clear();
  }
  if (options.outcome == "none-of-its-kind") {
    findings.coverage.counts.clear();
    findings.absence = Absence{Absence::Kind::no_subject, "there is nothing that could leak"};
  }
  if (options.outcome == "finding" && options.exclude.empty() && input.rules.applies(leak)) {
    findings.found.push_back(finding_of(leak));
  }
  if (options.outcome == "newer" && input.rules.applies(newer)) {
    findings.found.push_back(finding_of(newer));
  }
  if (options.outcome == "directory") {
    findings.notices.push_back(input.directory.string());
  }
  return findings;
}

/// What `act` did, for the tests to ask.
std::vector<Verdict> acted_on;
std::optional<Error> act_fails_with;

Result<>
act(const gate::Options& /*options*/, const Report& report, const gate::Services& services)
{
  acted_on.push_back(report.verdict);
  CHECK(services.http == nullptr);
  REQUIRE(services.secrets != nullptr);
  CHECK(services.secrets->size() <= 1);
  return act_fails_with ? Result<>(Failure(*act_fails_with)) : Result<>();
}

struct EchoOptions
{
  bool twice = false;
};

void
describe(EchoOptions& options, config::OptionTable& table)
{
  table.toggle(options.twice, {.key = "twice", .help = "Say it twice."});
}

Result<gate::CommandOutcome>
echo(const EchoOptions& options, const gate::CommandInput& input)
{
  if (input.arguments.front() == "fail") {
    return fail(ErrorKind::input, "fail: cannot be read");
  }
  const std::string once = input.arguments.front() + gate::values_of<FakeOptions>(input.gate_options).outcome + "\n";
  return gate::CommandOutcome{.output = options.twice ? once + once : once, .verdict = Verdict::incomplete};
}

Result<gate::CommandOutcome>
judge_command(const gate::NoOptions& /*options*/, const gate::CommandInput& /*input*/)
{
  Findings findings;
  findings.found.push_back(finding_of(leak));
  return gate::CommandOutcome{.findings = std::move(findings)};
}

constexpr std::array<std::string_view, 1> declared{"FAKE_TOKEN"};
constexpr gate::Face face{{.name = "secrets",
                           .question = "Is it?",
                           .description = "It looks.",
                           .scan = ScanType::secret_detection,
                           .needs = {.variables = declared}},
                          gate::make_options<FakeOptions>};
const std::array<gate::Command, 2> commands{
    {{.name = "say it",
      .arguments = "WORD",
      .help = "Say a word.",
      .least_arguments = 1,
      .most_arguments = 1,
      .options = gate::make_options<EchoOptions>,
      .run = gate::command_with<EchoOptions, echo>},
     {.name = "judge", .help = "Judge.", .run = gate::command_with<gate::NoOptions, judge_command>}}};

const gate::Type&
fake()
{
  static const gate::Type type{
      .face = &face, .rules = rules, .run = gate::run_with<FakeOptions, look>, .act = act, .commands = commands};
  return type;
}

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
  const int status = cli::run_gate(fake(), invocation);
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
  acted_on.clear();
  CHECK(run(repository.path(), {}, {{"FAKE_TOKEN", "x"}, {"OTHER_TOKEN", "y"}}).status == 0);
  CHECK(acted_on == std::vector{Verdict::pass});
  CHECK(run(repository.path(), {"--outcome", "finding"}).status == 1);
  CHECK(acted_on.size() == 1);
  act_fails_with = Error{ErrorKind::unavailable, "the ledger: cannot be reached"};
  const Ran failed = run(repository.path(), {});
  act_fails_with.reset();
  CHECK(failed.status == 4);
  CHECK(failed.out.find("PASS") == std::string::npos);
  CHECK(failed.out.find("the ledger: cannot be reached") != std::string::npos);
}

TEST_CASE("a gate's commands have arguments, options, help and statuses")
{
  const test::GitFixture repository;
  const auto& at = repository.path();
  const Ran said = run(at, {"say", "it", "--twice", "a", "--outcome=b"});
  CHECK(said.status == 3);
  CHECK(said.out == "ab\nab\n");
  CHECK(run(at, {"say", "it"}).err == "sluice-secrets say it: say it needs WORD; see --help\n");
  CHECK(run(at, {"say", "it", "a", "b"}).status == 2);
  CHECK(run(at, {"say", "it", "fail"}).status == 2);
  CHECK(run(at, {"say", "it", "--help"}).out.starts_with("Usage: sluice-secrets say it [OPTION …] WORD\n"));
  CHECK(run(at, {"say", "it", "--twic", "a"}).err.find("did you mean --twice?") != std::string::npos);
  const Ran judged = run(at, {"judge", "--format", "oneline"});
  CHECK(judged.status == 1);
  CHECK(judged.out.find("a leak") != std::string::npos);
  CHECK(run(at, {"--help"}).out.find("  say it WORD") != std::string::npos);
}

TEST_CASE("rules are explained by the gate that has them")
{
  const test::GitFixture repository;
  const Ran told = run(repository.path(), {"explain", "json-web-token"});
  CHECK(told.status == 0);
  CHECK(told.out.starts_with("json-web-token: A leak\n"));
  CHECK(run(repository.path(), {"explain"}).out.find("A newer leak (preview)") != std::string::npos);
  CHECK(run(repository.path(), {"explain", "json-web-tokn"}).err.find("did you mean json-web-token?")
        != std::string::npos);
}

TEST_CASE("a preview is off until it is asked for")
{
  const test::GitFixture repository;
  const auto& at = repository.path();
  CHECK(run(at, {"--outcome", "newer"}).status == 0);
  CHECK(run(at, {"--outcome", "newer", "--preview", "age-secret-key"}).status == 1);
  CHECK(run(at, {"--outcome", "newer", "--preview", "all"}).status == 1);
  CHECK(run(at, {"--outcome", "newer", "--preview", "all", "--disable", "age-secret-key"}).status == 0);
}

TEST_CASE("an id that is no rule of any gate is an error by flag and for a severity, and a notice in a file")
{
  test::GitFixture repository;
  const auto& at = repository.path();
  CHECK(run(at, {"--disable", "json-web-tokens"}).err.find("did you mean json-web-token?") != std::string::npos);
  CHECK(run(at, {"--disable", "json-web-tokens"}).status == 2);
  repository.write(".sluice.yml", "disable: [json-web-tokens, drop-column]\nallow:\n  - {rule: drop-colum, reason: r, "
                                  "expires: 2026-12-31}\n");
  const Ran noticed = run(at, {});
  CHECK(noticed.status == 0);
  CHECK(noticed.out.find("json-web-tokens") != std::string::npos);
  CHECK(noticed.out.find("drop-colum\"") != std::string::npos);
  CHECK(noticed.out.find("drop-column\"") == std::string::npos);
  repository.write(".sluice.yml", "severity: {json-web-tokens: low}\n");
  CHECK(run(at, {}).status == 2);
}

TEST_CASE("values that do not fit are refused at their place")
{
  test::GitFixture repository;
  repository.write(".sluice.yml", "secrets:\n  outcome: impossible\n");
  const Ran ran = run(repository.path(), {});
  CHECK(ran.status == 2);
  CHECK(ran.err == "sluice-secrets: .sluice.yml:2:12: \"outcome\" cannot be that\n");
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

TEST_CASE("a configuration under nearly the right name is told")
{
  test::GitFixture repository;
  repository.write(".sluice.yaml", "fail-on: none\n");
  const Ran ran = run(repository.path(), {"--outcome", "finding"});
  CHECK(ran.status == 1);
  CHECK(ran.out.find(".sluice.yaml: is not read; the configuration is called .sluice.yml") != std::string::npos);
}

TEST_CASE("a directory as an argument is answered with the flag for it")
{
  const test::GitFixture repository;
  CHECK(run(repository.path(), {"."}).err
        == "sluice-secrets: .: unexpected argument; to examine a directory: --repo .\n");
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
