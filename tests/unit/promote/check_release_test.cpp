// SPDX-License-Identifier: Apache-2.0
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
