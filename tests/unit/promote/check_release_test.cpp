// SPDX-License-Identifier: Apache-2.0
#include "support/git_fixture.hpp"
#include "unit/promote/situation.hpp"

#include <doctest/doctest.h>

using namespace sluice::promote;
using namespace sluice::promote::test;

TEST_CASE("a commit that was rolled back comes again only for a reason")
{
  Scene scene;
  CHECK(scene.told("returns") == "-");
  scene.promoted("production", commit_a, "2026-11-23T08:00:00Z");
  scene.promoted("production", commit_b, "2026-11-23T09:00:00Z", EntryKind::rolled_back, "errors in checkout");
  CHECK(scene.told("returns") == "no: it was rolled back here: errors in checkout");
  scene.reason = "the bank is back";
  CHECK(scene.told("returns") == "yes: it was rolled back here: errors in checkout; tried again: the bank is back");
  scene.is_emergency = true;
  scene.reason.clear();
  CHECK(scene.answer("returns") == "no");
  scene.commit = commit_c;
  CHECK(scene.told("returns") == "-");
}

TEST_CASE("a first release is told that there is no way back, and refused where there must be one")
{
  Scene scene;
  CHECK(scene.told("previous-release") == "yes: no previous release: a sick first deploy cannot be rolled back");
  scene.stage.previous_required = true;
  CHECK(scene.answer("previous-release") == "no");
  scene.promoted("production", commit_a, "2026-11-23T08:00:00Z");
  CHECK(scene.told("previous-release") == "yes: a rollback brings " + commit_a + " back");
}

TEST_CASE("an emergency goes past approvals, windows and soak, and past nothing else")
{
  std::vector<std::string_view> waivable;
  for (const Check* check : checks()) {
    if (check->waivable) {
      waivable.push_back(check->id);
    }
  }
  CHECK(waivable == std::vector<std::string_view>{"approvals", "platform-freeze", "soak", "window"});
  Scene scene;
  scene.stage.soak = std::chrono::hours(48);
  scene.stage.approvals.count = 1;
  scene.stage.evidence = {"secrets"};
  scene.stage.deny = {{.days = {"tue"}, .origin = "x"}};
  scene.promoted("staging", commit_b, "2026-11-24T11:00:00Z");
  scene.add(EntryKind::rejected, "production", "2026-11-24T11:30:00Z", {{"commit", commit_b}}, "rita");
  scene.is_emergency = true;
  std::string told;
  const auto situation = scene.situation();
  const auto all = judge_all(situation);
  for (const Judgement& judgement : all) {
    told += fmt::format("{} {}\n", judgement.check->id, sluice::name_of(judgement.ruling.answer));
  }
  CHECK(told
        == "rejection no\nprevious-release yes\nsoak waived\nverified-before yes\nevidence no\napprovals waived\n"
           "window waived\n");
  CHECK(worst(all) == Answer::no);
}

TEST_CASE("a closed window says when it opens, and an open one when it closes")
{
  Scene scene;
  scene.now = at("2026-11-27T12:00:00Z");
  scene.pipeline.zone = "Europe/Berlin";
  CHECK(scene.answer("window") == "wait");
  CHECK(scene.judged("window").front().until == at("2026-11-27T23:00:00Z"));
  CHECK(scene.told("window").find("opens at 2026-11-27T23:00:00Z (Sat 28 Nov 2026 00:00 CET (+01:00))")
        != std::string::npos);
  scene.now = at("2026-11-26T12:00:00Z");
  CHECK(scene.answer("window") == "yes");
  CHECK(scene.judged("window").front().facts.front().value == "2026-11-26T23:00:00Z");
}

TEST_CASE("who writes windows is not told of Fridays, and who takes them away has none")
{
  Scene scene;
  scene.now = at("2026-11-27T12:00:00Z");
  scene.stage.allow = {{.from = "09:00", .to = "17:00", .origin = "x"}};
  CHECK(scene.answer("window") == "yes");
  scene.now = at("2026-11-27T18:00:00Z");
  CHECK(scene.answer("window") == "wait");
  scene.stage.allow = Stage().allow;
  scene.stage.deny = {};
  CHECK(scene.told("window") == "-");
}

TEST_CASE("a window that cannot be read is never open")
{
  Scene scene;
  scene.pipeline.zone = "Europe/Berlim";
  CHECK(scene.answer("window") == "no");
}

TEST_CASE("a person's lock is told with its reason")
{
  Scene scene;
  CHECK(scene.told("person-lock") == "-");
  scene.add(EntryKind::locked, "production", "2026-11-24T10:00:00Z", {{"reason", "audit"}}, "rita");
  CHECK(scene.told("person-lock") == "no: rita locked it at 2026-11-24T10:00:00Z: audit");
}

namespace {

/// Four commits of one branch and one beside it.
struct History
{
  History()
      : first(fixture.commit("a", "1", "first")),
        live(fixture.commit("db/migrations/001_users.sql", "create table users();", "live"))
  {
    fixture.write("docs/rollback.md", "# Way back\n\n002_orders: drop it\n");
    fixture.write("db/migrations/003_pay.sql", "create table pay();");
    next = fixture.commit("db/migrations/002_orders.sql", "create table orders();", "next");
    fixture.write("docs/rollback.md", "# Way back\n\n002_orders: drop it\n\n## 003_pay\n\nstays\n");
    whole = fixture.commit("whole plan");
    fixture.git({"checkout", "-q", "-b", "aside", first});
    aside = fixture.commit("docs/rollback.md", " \n", "aside");
    repository.emplace(sluice::git::Repository::open(fixture.path()).value());
  }

  sluice::test::GitFixture fixture;
  std::string first, live, next, whole, aside;
  std::optional<sluice::git::Repository> repository;
};

sluice::Json
migrations_report(const std::string& commit, std::uint64_t files)
{
  return {{"tool", "migrations"},
          {"commit", commit},
          {"verdict", "pass"},
          {"fail-on", "high"},
          {"breadth", "range"},
          {"produced", "2026-11-24T11:00:00Z"},
          {"migrations", {{"files", files}, {"paths", sluice::Json::array()}}}};
}

}  // namespace

TEST_CASE("an older commit than the live one needs a reason")
{
  History history;
  Scene scene;
  scene.commit = history.first;
  CHECK(scene.told("outdated") == "-");
  scene.promoted("production", history.live, "2026-11-23T08:00:00Z");
  CHECK(scene.answer("outdated") == "unavailable");
  scene.input.repository = &*history.repository;
  CHECK(scene.told("outdated") == "no: it is older than " + history.live + ", which is live");
  scene.reason = "bisecting";
  CHECK(scene.answer("outdated") == "yes");
  scene.commit = history.next;
  CHECK(scene.told("outdated") == "-");
  scene.commit = history.aside;
  CHECK(scene.told("outdated") == "yes: it lacks commits of " + history.live + ", which is live: they go out with it");
}

TEST_CASE("a plan for the way back is there and names every migration that comes in")
{
  History history;
  Scene scene;
  scene.input.repository = &*history.repository;
  scene.commit = history.next;
  CHECK(scene.told("rollback-plan") == "-");
  scene.stage.rollback_plan = "docs/rollback.md";
  CHECK(scene.told("rollback-plan") == "yes: docs/rollback.md says how to go back");
  scene.promoted("production", history.live, "2026-11-23T08:00:00Z");
  scene.add(EntryKind::evidence, "", "2026-11-24T11:00:00Z", migrations_report(history.next, 2));
  CHECK(scene.told("rollback-plan")
        == "no: docs/rollback.md does not say how to go back behind db/migrations/003_pay.sql");
  scene.commit = history.whole;
  scene.add(EntryKind::evidence, "", "2026-11-24T11:00:00Z", migrations_report(history.whole, 2));
  CHECK(scene.answer("rollback-plan") == "yes");
  scene.commit = history.aside;
  CHECK(scene.told("rollback-plan") == "no: docs/rollback.md is empty");
  scene.commit = history.live;
  CHECK(scene.told("rollback-plan") == "no: there is no docs/rollback.md in " + history.live);
}

TEST_CASE("a rollback was rehearsed, to its end and not too long ago")
{
  Scene scene;
  CHECK(scene.told("rollback-rehearsed") == "-");
  scene.stage.rehearsed = std::chrono::hours(24);
  CHECK(scene.told("rollback-rehearsed") == "no: no rollback was rehearsed in staging");
  scene.promoted("staging", commit_a, "2026-11-23T10:00:00Z");
  scene.promoted("staging", commit_b, "2026-11-23T11:00:00Z", EntryKind::rolled_back);
  CHECK(scene.answer("rollback-rehearsed") == "no");
  const auto rehearse = [&](std::string_view when, std::string_view outcome) {
    const std::string id = scene.begun("staging", commit_b, when);
    scene.add(EntryKind::step_begun, "staging", when, {{"step", "verify-rollback"}}, "olga", id);
    scene.add(EntryKind::step_ended, "staging", when, {{"step", "verify-rollback"}, {"outcome", outcome}}, "olga", id);
    scene.add(EntryKind::rolled_back, "staging", when, {{"why", "rehearsal"}}, "olga", id);
  };
  rehearse("2026-11-23T11:30:00Z", "done");
  CHECK(scene.told("rollback-rehearsed")
        == "no: the last rehearsal of a rollback, in staging at 2026-11-23T11:30:00Z, is too long ago");
  rehearse("2026-11-24T08:00:00Z", "unhealthy");
  CHECK(scene.answer("rollback-rehearsed") == "no");
  rehearse("2026-11-24T09:00:00Z", "done");
  CHECK(scene.told("rollback-rehearsed") == "yes: a rollback was rehearsed in staging at 2026-11-24T09:00:00Z");
}

TEST_CASE("migrations without a backup are told and not stopped")
{
  Scene scene;
  CHECK(scene.told("backup-configured") == "-");
  scene.add(EntryKind::evidence, "", "2026-11-24T11:00:00Z", migrations_report(commit_b, 1));
  CHECK(scene.told("backup-configured") == "yes: the change brings migrations, and no backup is taken before them");
  scene.stage.hooks.backup.run = {"backup"};
  CHECK(scene.told("backup-configured") == "-");
}
