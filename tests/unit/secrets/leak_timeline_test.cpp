// SPDX-License-Identifier: Apache-2.0
#include "secrets/leak_timeline.hpp"
#include "unit/secrets/gate_fixture.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace sluice::secrets {

namespace {

std::vector<Timeline::Event>
events_of(const Findings& findings)
{
  REQUIRE(findings.sections.size() == 1);
  CHECK(findings.sections[0].title == "When each secret came");
  return std::get<Timeline>(findings.sections[0].content).events;
}

std::string
label(const Finding& finding, const std::string& commit, std::string_view state)
{
  return fmt::format("{}, {}: {}, fingerprint {}, by {}", commit.substr(0, 8), state, finding.rule->title,
                     finding.fingerprint.hex.substr(0, 8), fact(finding, "author"));
}

const Finding&
finding_of(const Findings& findings, std::string_view commit)
{
  for (const Finding& finding : findings.found) {
    if (fact(finding, "first-commit") == commit) {
      return finding;
    }
  }
  FAIL("no finding came with " << commit);
  return findings.found.front();
}

std::vector<Arrival>
arrivals(std::size_t count)
{
  std::vector<Arrival> all;
  for (std::size_t i = 0; i < count; ++i) {
    const std::chrono::sys_seconds time{std::chrono::seconds((7 * i) % count)};
    all.push_back({Origin{std::string(40, 'c'), "Ada <a@b.example>", time, true}, "Token", std::string(64, 'f'),
                   "at HEAD", Standing::bad});
  }
  return all;
}

}  // namespace

TEST_CASE("the timeline has every secret of the history in the order in which they came, and what became of it")
{
  GitFixture git;
  const std::string first = git.commit("a.txt", token("kept") + "\n", "Keep");
  const std::string second = git.commit("b.txt", token("removed") + "\n", "Leak");
  git.commit("b.txt", "\n", "Remove");
  git.git({"checkout", "--quiet", "-b", "gone"});
  const std::string third = git.commit("c.txt", token("dangling") + "\n", "Amended away");
  git.git({"checkout", "--quiet", "main"});
  git.git({"branch", "-D", "gone"});
  const Findings findings = scope(Scope::history)(git);
  const auto events = events_of(findings);
  REQUIRE(events.size() == 3);
  CHECK(events[0].label == label(finding_of(findings, first), first, "at HEAD"));
  CHECK(events[0].mark == Standing::bad);
  CHECK(events[1].label == label(finding_of(findings, second), second, "gone from HEAD"));
  CHECK(events[1].mark == Standing::warning);
  CHECK(events[2].label == label(finding_of(findings, third), third, "in no branch"));
  CHECK(events[2].mark == Standing::plain);
  for (std::size_t i = 0; i < events.size(); ++i) {
    CHECK(events[i].begin == events[i].end);
    CHECK((i == 0 || events[i - 1].begin < events[i].begin));
    for (const std::string_view name : {"kept", "removed", "dangling"}) {
      CHECK(events[i].label.find(token(name).substr(0, 8)) == std::string::npos);
    }
  }
  CHECK(
      fact(finding_of(findings, first), "date")
      == fmt::format("{}", git.git({"show", "--no-patch", "--date=format:%Y-%m-%dT%H:%M:%SZ", "--format=%ad", first})));
}

TEST_CASE("only scopes that know commits have a timeline, and only if they find something")
{
  GitFixture git;
  const std::string before = git.commit("a.txt", "a\n", "Start");
  CHECK(scope(Scope::history)(git).sections.empty());
  git.write("b.txt", token("new") + "\n");
  git.git({"add", "b.txt"});
  CHECK(scope(Scope::worktree)(git).sections.empty());
  CHECK(scope(Scope::staged)(git).sections.empty());
  Run piped = scope(Scope::standard_input);
  piped.standard_input = token("new");
  const Findings input = piped(git);
  CHECK(input.found.size() == 1);
  CHECK(input.sections.empty());
  const std::string leak = git.commit("Leak");
  Run run = scope(Scope::range);
  run.range = range_of(git, before, "HEAD");
  const Findings findings = run(git);
  const auto events = events_of(findings);
  REQUIRE(events.size() == 1);
  CHECK(events[0].label == label(findings.found[0], leak, "at HEAD"));
}

TEST_CASE("the timeline has what a comment allows too, and says so")
{
  GitFixture git;
  git.commit("a.txt", token("allowed") + "  # sluice:allow[github-personal-access-token] of a test\n", "Leak");
  const Findings findings = scope(Scope::history)(git);
  REQUIRE(findings.found[0].inline_allow);
  CHECK(events_of(findings).size() == 1);
  CHECK(findings.sections[0].note.find("also what is allowed or in the baseline") != std::string::npos);
}

TEST_CASE("an author's name that holds a secret is shown without it")
{
  GitFixture git;
  const std::string secret = token("name");
  git.write("a.txt", token("file") + "\n");
  git.git({"add", "a.txt"});
  git.git({"commit", "--quiet", "-m", "Leak", "--author", secret + " \x1b[31m<a@b.example>"});
  const Findings findings = scope(Scope::history)(git);
  for (const Timeline::Event& event : events_of(findings)) {
    CHECK(event.label.find(secret) == std::string::npos);
    CHECK(event.label.find('\x1b') == std::string::npos);
    CHECK(event.label.find("<a@b.example>") != std::string::npos);
  }
}

TEST_CASE("a commit of any time has a date")
{
  GitFixture git;
  const std::string tree = git.commit("a.txt", token("far") + "\n", "Leak");
  const std::string object =
      fmt::format("tree {}\nauthor A <a> 99999999999999999 +0000\ncommitter A <a> 0 +0000\n\n{}\n",
                  git.git({"rev-parse", tree + "^{tree}"}), token("message"));
  git.git({"hash-object", "-t", "commit", "-w", "--stdin", "--literally"}, object);
  const Findings findings = scope(Scope::history)(git);
  const auto events = events_of(findings);
  REQUIRE(events.size() == 2);
  CHECK(events[1].begin == Timeline::latest);
  CHECK(findings.found.size() == 2);
  CHECK(std::any_of(findings.found.begin(), findings.found.end(),
                    [](const Finding& each) { return fact(each, "date") == "9999-12-31T23:59:59Z"; }));
}

TEST_CASE("a tag's secret without a dated commit is counted, one that a file has as well is dated by the file")
{
  GitFixture git;
  const std::string both = git.commit("a.txt", token("both") + "\n", "Leak");
  git.git({"tag", "-a", "-m", token("tag only") + " " + token("both"), "v1"});
  const Findings findings = scope(Scope::history)(git);
  CHECK(findings.found.size() == 2);
  const auto events = events_of(findings);
  REQUIRE(events.size() == 1);
  CHECK(events[0].label == label(finding_of(findings, both), both, "at HEAD"));
  CHECK(findings.sections[0].note.ends_with("; 1 more is not shown, for want of a commit with a date"));
}

TEST_CASE("a timeline has the newest, and counts the others")
{
  CHECK_FALSE(leak_timeline({}));
  CHECK_FALSE(leak_timeline({Arrival{}}));
  const Section all = leak_timeline(arrivals(50)).value();
  CHECK(std::get<Timeline>(all.content).events.size() == 50);
  CHECK(all.note.find("newest") == std::string::npos);
  const Section cut = leak_timeline(arrivals(1051)).value();
  const auto& events = std::get<Timeline>(cut.content).events;
  REQUIRE(events.size() == 50);
  CHECK(events.front().begin.time_since_epoch().count() == 1001);
  CHECK(events.back().begin.time_since_epoch().count() == 1050);
  CHECK(cut.note.ends_with("; these are the newest 50 of 1,051"));
}

}  // namespace sluice::secrets
