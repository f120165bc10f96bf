// SPDX-License-Identifier: Apache-2.0
#include "net/http_client.hpp"
#include "support/loopback_server.hpp"
#include "unit/promote/situation.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::promote;
using namespace sluice::promote::test;
using sluice::test::LoopbackServer;

namespace {

/// Beside a GitLab that has these freeze periods.
struct Frozen : Scene
{
  Frozen()
  {
    input.services.http = &http;
    input.services.process = &process;
    stage.freeze = Freeze::gitlab;
  }

  std::string periods = R"({"id": 1, "freeze_start": "0 23 * * 5", "freeze_end": "0 7 * * 1"})";
  LoopbackServer gitlab{[this](const std::string& request, int) {
    return request.find("GET /projects/7/freeze_periods") == 0 ? sluice::test::answer("200 OK", "[" + periods + "]")
                                                               : sluice::test::answer("404 Not Found", "{}");
  }};
  net::HttpClient http{{.retry = {.attempts = 1}}};
  Environment process{{"GITLAB_TOKEN", "a person's"}, {"CI_PROJECT_ID", "7"}, {"CI_API_V4_URL", gitlab.url("")}};
};

}  // namespace

TEST_CASE("before a freeze of the platform it is told when it begins")
{
  Frozen scene;
  CHECK(scene.told("platform-freeze") == "yes: no freeze before 2026-11-27T23:00:00Z");
  scene.periods.clear();
  CHECK(scene.told("platform-freeze") == "yes: no freeze");
}

TEST_CASE("within a freeze of the platform it is told when it ends, by the clocks of the pipeline")
{
  Frozen scene;
  scene.now = at("2026-11-28T12:00:00Z");
  const std::string closed = "wait: closed from cron \"0 23 * * 5\" to \"0 7 * * 1\" (freeze period 1 of GitLab), UTC; "
                             "opens at 2026-11-30T07:00:00Z";
  CHECK(scene.told("platform-freeze") == closed + " (Mon 30 Nov 2026 07:00 UTC (+00:00)) [until 2026-11-30T07:00:00Z]");
  CHECK(scene.judged("platform-freeze").front().fix == "wait until it ends, or end it on the platform");
  scene.pipeline.zone = "Europe/Berlin";
  CHECK(scene.told("platform-freeze") == closed + " (Mon 30 Nov 2026 08:00 CET (+01:00)) [until 2026-11-30T07:00:00Z]");
}

TEST_CASE("a freeze that cannot be asked for or read is not none")
{
  Frozen scene;
  scene.periods = R"({"id": 1, "freeze_start": "never", "freeze_end": "0 7 * * 1"})";
  CHECK(scene.told("platform-freeze").starts_with("unavailable: a freeze period cannot be read: cron \"never\": "));
  scene.process["CI_PROJECT_ID"] = "8";
  CHECK(scene.answer("platform-freeze") == "unavailable");
}
