// SPDX-License-Identifier: Apache-2.0
//
// A gate that did not do its job beside one that passed: no sink may look as if all were well.
#include "base/json.hpp"
#include "base/text.hpp"
#include "output/sink.hpp"
#include "support/plain_redactor.hpp"
#include "unit/output/canonical_report.hpp"
#include "unit/output/runner_grammar.hpp"

#include <doctest/doctest.h>

namespace sluice::output {

namespace {

struct Case
{
  ErrorKind kind;
  std::string_view verdict;
};

constexpr std::array<Case, 2> failures{{{ErrorKind::config, "unable"}, {ErrorKind::unavailable, "unavailable"}}};
constexpr std::string_view why = "deps.lock cannot be read";

std::string
rendered(std::string_view sink, const std::vector<Report>& reports)
{
  return find_sink(sink)->render(reports, {});
}

bool
has(std::string_view text, std::string_view part)
{
  return text.find(part) != std::string_view::npos;
}

std::vector<Report>
beside_a_pass(ErrorKind kind)
{
  return {test::clean_report(), test::failure_report("deps", {kind, std::string(why)})};
}

}  // namespace

TEST_CASE("Every sink names the gate that failed and says why")
{
  for (const Case& failure : failures) {
    for (const Sink& sink : sinks()) {
      CAPTURE(sink.name);
      CAPTURE(failure.verdict);
      const std::string text = sink.render(beside_a_pass(failure.kind), {});
      CHECK(has(text, "deps"));
      CHECK(has(text, failure.verdict));
      CHECK((has(text, why) || has(text, "deps&#46;lock cannot be read")));
    }
  }
}

TEST_CASE("Not even a quiet terminal is silent about a gate that failed")
{
  const std::string text = find_sink("text")->render(beside_a_pass(ErrorKind::config), {.quiet = true});
  CHECK(has(text, why));
  CHECK_FALSE(has(text, "\nPASS"));
}

TEST_CASE("No sink looks green where a gate failed")
{
  for (const Case& failure : failures) {
    CAPTURE(failure.verdict);
    const auto reports = beside_a_pass(failure.kind);
    const auto sarif = Json::parse(rendered("sarif", reports)).value();
    CHECK(sarif["runs"][0]["invocations"][0]["executionSuccessful"] == true);
    CHECK(sarif["runs"][1]["invocations"][0]["executionSuccessful"] == false);
    CHECK(sarif["runs"][1]["invocations"][0]["exitCodeDescription"] == failure.verdict);
    CHECK(Json::parse(rendered("json", reports)).value()["reports"][1]["verdict"] == failure.verdict);
    for (const std::string_view sink : {"gitlab-secret-detection", "gitlab-sast", "gitlab-dependency-scanning"}) {
      const auto scan = Json::parse(rendered(sink, reports)).value()["scan"];
      CHECK(scan["status"] == "failure");
      CHECK(scan["messages"][0]["level"] == "fatal");
    }
    const auto quality = Json::parse(rendered("gitlab-codequality", reports)).value();
    REQUIRE(quality.size() == 1);
    CHECK(quality[0]["severity"] == "blocker");
    CHECK(has(rendered("junit", reports), "errors=\"1\""));
    const auto commands = test::github_commands(rendered("github", reports));
    REQUIRE(commands.size() == 1);
    CHECK(commands[0].name == "error");
    CHECK_FALSE(has(rendered("summary", reports), "Sluice: pass"));
    const std::string text = rendered("text", reports);
    CHECK_FALSE(lines_of(text).back().starts_with("PASS"));
    const auto values = test::file_command(github_output(reports, {}, "0123456789abcdef"));
    REQUIRE(values);
    CHECK(values->at(0).second == failure.verdict);
    CHECK(values->at(1).second == "0");
    CHECK(values->at(2).second.empty());
  }
}

TEST_CASE("A gate without a subject is told as such and never as a pass that was earned")
{
  const std::vector reports{test::env_report()};
  for (const Sink& sink : sinks()) {
    // Annotations and lines are for what one has to act on; the GitLab report of another kind of scan says that there
    // was none.
    if (sink.name == "github" || sink.name == "oneline" || sink.name == "gitlab-secret-detection"
        || sink.name == "gitlab-dependency-scanning") {
      continue;
    }
    CAPTURE(sink.name);
    const std::string text = sink.render(reports, {});
    CHECK(has(text, "env"));
    CHECK(has(text, "No file declares variables"));
  }
  CHECK(Json::parse(rendered("sarif", reports)).value()["runs"][0]["invocations"][0]["exitCodeDescription"]
        == "not-applicable");
  CHECK(Json::parse(rendered("gitlab-codequality", reports)).value()[0]["severity"] == "info");
  CHECK(has(rendered("junit", reports), "skipped=\"1\""));
  CHECK_FALSE(has(rendered("summary", reports), "Sluice: pass"));
  const auto values = test::file_command(github_output(reports, {}, "0123456789abcdef"));
  REQUIRE(values);
  CHECK(values->at(0).second == "not-applicable");
}

TEST_CASE("A pass beside a gate without a subject is a pass")
{
  const std::vector reports{test::env_report(), test::clean_report()};
  const auto values = test::file_command(github_output(reports, {}, "0123456789abcdef"));
  REQUIRE(values);
  CHECK(values->at(0).second == "pass");
}

}  // namespace sluice::output
