// SPDX-License-Identifier: Apache-2.0
#include "unit/promote/situation.hpp"

#include <doctest/doctest.h>

using namespace sluice::promote;
using namespace sluice::promote::test;

TEST_CASE("what was never verified in the environment before may not go on, and who asks learns what is there")
{
  Scene scene;
  CHECK(scene.told("verified-before") == "no: it was never verified in staging; nothing is live there");
  scene.promoted("staging", commit_a, "2026-11-24T08:00:00Z");
  CHECK(scene.told("verified-before") == "no: it was never verified in staging; " + commit_a + " is live there");
  scene.promoted("staging", commit_b, "2026-11-24T09:00:00Z");
  CHECK(scene.told("verified-before") == "yes: verified in staging at 2026-11-24T09:00:00Z");
  CHECK(scene.judged("verified-before").front().subject == "staging");
  scene.stage.needs = {};
  CHECK(scene.told("verified-before") == "-");
}

TEST_CASE("it is the identity that must have been verified, not the commit")
{
  Scene scene;
  scene.promoted("staging", commit_b, "2026-11-24T09:00:00Z");
  scene.identity = "sha256:" + std::string(64, '1');
  CHECK(scene.answer("verified-before") == "no");
}

TEST_CASE("the last verification counts and not the best")
{
  Scene scene;
  scene.promoted("staging", commit_b, "2026-11-24T08:00:00Z");
  scene.add(EntryKind::observed, "staging", "2026-11-24T09:00:00Z",
            {{"identity", commit_b}, {"outcome", "unhealthy"}, {"why", "503"}});
  CHECK(scene.told("verified-before") == "no: its last verification in staging, at 2026-11-24T09:00:00Z, failed: 503");
  scene.promoted("staging", commit_b, "2026-11-24T10:00:00Z");
  CHECK(scene.answer("verified-before") == "yes");
  scene.promoted("staging", commit_b, "2026-11-24T11:00:00Z", EntryKind::rolled_back, "errors");
  CHECK(scene.told("verified-before")
        == "no: its last verification in staging, at 2026-11-24T11:00:00Z, failed: errors");
}

TEST_CASE("a verification that goes on is waited for")
{
  Scene scene;
  scene.promoted("staging", commit_b, "2026-11-24T08:00:00Z");
  scene.begun("staging", commit_b, "2026-11-24T11:59:00Z");
  CHECK(scene.told("verified-before") == "wait: it is being verified in staging since 2026-11-24T11:59:00Z");
}

TEST_CASE("a verification of the future is waited for, for clocks differ")
{
  Scene scene;
  scene.promoted("staging", commit_b, "2026-11-24T12:05:00Z");
  CHECK(scene.answer("verified-before") == "wait");
  CHECK(scene.judged("verified-before").front().until == at("2026-11-24T12:05:00Z"));
}

TEST_CASE("it must have been in the environment before for long enough")
{
  Scene scene;
  scene.promoted("staging", commit_b, "2026-11-24T11:00:00Z");
  CHECK(scene.told("soak") == "-");
  scene.stage.soak = std::chrono::hours(2);
  CHECK(scene.told("soak")
        == "wait: verified in staging at 2026-11-24T11:00:00Z, to be there until 2026-11-24T13:00:00Z "
           "[until 2026-11-24T13:00:00Z]");
  scene.now = at("2026-11-24T12:59:59Z");
  CHECK(scene.answer("soak") == "wait");
  scene.now = at("2026-11-24T13:00:00Z");
  CHECK(scene.told("soak") == "yes: in staging since 2026-11-24T11:00:00Z");
}

TEST_CASE("the time in which another release had its place does not count")
{
  Scene scene;
  scene.stage.soak = std::chrono::hours(2);
  scene.promoted("staging", commit_b, "2026-11-24T08:00:00Z");
  scene.promoted("staging", commit_c, "2026-11-24T09:30:00Z");
  CHECK(scene.told("soak")
        == "no: it left staging at 2026-11-24T09:30:00Z, before it had been there until 2026-11-24T10:00:00Z");
  CHECK(scene.judged("soak").front().fix == "Promote it to staging again, and nothing else there meanwhile");
  scene.stage.soak = std::chrono::minutes(90);
  CHECK(scene.answer("soak") == "yes");
}

TEST_CASE("what is not verified has no time to wait for")
{
  Scene scene;
  scene.stage.soak = std::chrono::hours(2);
  CHECK(scene.told("soak") == "-");
  scene.promoted("staging", commit_b, "2026-11-24T11:00:00Z", EntryKind::rolled_back, "errors");
  CHECK(scene.told("soak") == "-");
}
