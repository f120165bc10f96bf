// SPDX-License-Identifier: Apache-2.0
#include "unit/cli/fake_gate.hpp"

#include "base/path.hpp"
#include "cli/gate_run.hpp"
#include "output/sink.hpp"

#include <doctest/doctest.h>

#include <sstream>

namespace sluice::test {

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

Acted acted;
std::string words;

std::string
said()
{
  return words;
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
    throw std::runtime_error("boom" + said());
  }
  if (options.outcome == "says") {
    // A path, a reason and a line of whoever wrote the change, and a gap.
    findings.found.push_back(finding_of(leak));
    Finding& finding = findings.found.back();
    finding.where.path = said();
    finding.excerpt = said();
    finding.inline_allow = InlineAllow{said(), {1, 1}, MarkOwner::sluice};
    findings.gaps.push_back({GapKind::unparsable, said(), said(), said()});
    findings.notices.push_back(said());
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
  if (options.outcome == "marked") {
    findings.found.push_back(finding_of(leak));
    findings.found.back().inline_allow = InlineAllow{"gitleaks:allow", {1, 1}, MarkOwner::peer};
  }
  if (options.outcome == "whole") {
    findings.extent = Extent::whole;
  }
  if (options.outcome == "directory") {
    findings.notices.push_back(input.directory.string());
  }
  return findings;
}

Result<>
act(const gate::Options& /*options*/, const Report& report, const gate::Services& services)
{
  acted.verdicts.push_back(report.verdict);
  CHECK(services.http == nullptr);
  REQUIRE(services.secrets != nullptr);
  CHECK(services.secrets->size() <= 1);
  return acted.fails_with ? Result<>(Failure(*acted.fails_with)) : Result<>();
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

}  // namespace

Ran
run(const std::filesystem::path& directory, std::vector<std::string> arguments, Environment environment, unsigned width)
{
  std::ostringstream out;
  std::ostringstream err;
  environment.emplace("SOURCE_DATE_EPOCH", "1767225600");  // 2026-01-01
  cli::Invocation invocation{.program = "sluice-secrets",
                             .arguments = std::move(arguments),
                             .environment = std::move(environment),
                             .directory = directory,
                             .executables = {},
                             .out = out,
                             .err = err,
                             .read_standard_input = [] { return standard_input(); },
                             .width = width,
                             .now = std::chrono::sys_days(std::chrono::year(2026) / 1 / 1)};
  const credentials::RuleRedactor redactor;
  invocation.redactor = &redactor;
  const int status = cli::run_gate(fake(), invocation);
  return {status, out.str(), err.str(), redactor.loads()};
}

std::chrono::milliseconds
told_duration(const std::filesystem::path& directory, std::chrono::milliseconds age)
{
  std::ostringstream out;
  std::ostringstream err;
  const cli::Invocation invocation{.program = "sluice-secrets",
                                   .arguments = {"--format", "json"},
                                   .environment = {},
                                   .directory = directory,
                                   .executables = {},
                                   .out = out,
                                   .err = err,
                                   .read_standard_input = [] { return standard_input(); },
                                   .started = std::chrono::steady_clock::now() - age};
  (void)cli::run_gate(fake(), invocation);
  const auto reports = output::parse_reports(out.str(), "the fake", *invocation.redactor);
  return reports && reports->size() == 1 ? reports->front().duration : std::chrono::milliseconds(0);
}

std::string
text_of(const std::filesystem::path& file)
{
  return read_file(file).value_or("(none)");
}

Result<std::string>&
standard_input()
{
  static Result<std::string> text = std::string();
  return text;
}

std::string&
what_it_says()
{
  return words;
}

Acted&
what_act_did()
{
  return acted;
}

}  // namespace sluice::test
