// SPDX-License-Identifier: Apache-2.0
#include "ledger_story.hpp"
#include "promote/record/dora.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::promote;
using namespace sluice::promote::test;
using namespace std::chrono;

namespace {

/// Every commit was made an hour before the story, and none is unknown.
std::optional<std::vector<sys_seconds>>
hour_before(const std::string& /*commit*/, const std::string& /*previous*/)
{
  return std::vector<sys_seconds>{start_of_story - hours(1)};
}

Dora
month_of(const Story& story, const CommitTimes& times = hour_before)
{
  return dora_of(story.here(), story.now(), days(30), times);
}

}  // namespace

TEST_CASE("a median is the middle one, or between the two")
{
  CHECK(spread_of({}).count == 0);
  CHECK(spread_of({seconds(5)}).median == seconds(5));
  CHECK(spread_of({seconds(9), seconds(1), seconds(4)}).median == seconds(4));
  CHECK(spread_of({seconds(1), seconds(100), seconds(3), seconds(5)}).median == seconds(4));
  CHECK(spread_of({seconds(1), seconds(100)}).longest == seconds(100));
}

TEST_CASE("what reached the environment is a deployment, what a gate or a migration stopped is none")
{
  Story story;
  CHECK_FALSE(month_of(story).failure_rate());
  story.confirm("a");
  story.roll_back("b");
  const std::string stopped = story.begin("c");
  story.step_of(stopped, "migrate", "failed");
  story.end(stopped, EntryKind::failed, "migrate: no");
  story.end(story.begin("d"), EntryKind::aborted);
  story.tell(EntryKind::waiting, Json{{"commit", "e"}});
  story.begin("e");
  const Dora dora = month_of(story);
  CHECK(dora.deployments == 2);
  CHECK(dora.per_day() == doctest::Approx(2.0 / 30));
  CHECK(dora.failures == 1);
  CHECK(*dora.failure_rate() == doctest::Approx(0.5));
}

TEST_CASE("what ended before the span does not count")
{
  Story story;
  story.confirm("a");
  story.wait(days(31));
  story.confirm("b");
  CHECK(month_of(story).deployments == 1);
  CHECK(dora_of(story.here(), story.now(), days(90), hour_before).deployments == 2);
  CHECK(dora_of(story.here(), story.now() - days(1), days(30), hour_before).deployments == 0);
}

TEST_CASE("lead time is from a commit to the confirmation that brought it")
{
  Story story;
  story.confirm("a");
  const auto first = story.now();
  story.confirm("b");
  std::vector<std::string> asked;
  const Dora dora = month_of(story, [&](const std::string& commit, const std::string& previous) {
    asked.push_back(commit + "<" + previous);
    return commit == "a" ? std::vector{first - hours(2), first + hours(9)} : std::vector{story.now() - hours(5)};
  });
  CHECK(asked == std::vector<std::string>{"a<", "b<a"});
  CHECK(dora.lead.count == 3);
  CHECK(dora.lead.median == hours(2));
  CHECK(dora.lead.longest == hours(5));
  const Dora blind = month_of(story, [](const auto&, const auto&) { return std::nullopt; });
  CHECK(blind.lead.count == 0);
  CHECK(blind.lead_unknown == 2);
}

TEST_CASE("time to restore is from the first step of the deployment to the end of its own way back")
{
  Story story;
  story.confirm("a");
  const auto begun = story.now();
  story.roll_back("b");
  const Dora dora = month_of(story);
  CHECK(dora.restore.count == 1);
  CHECK(dora.restore.median == story.now() - (begun + 2 * story.step));
  CHECK(dora.unrestored == 0);
}

TEST_CASE("what failed without a way back is restored by the next that ends well")
{
  Story story;
  const std::string id = story.begin("a");
  story.step_of(id, "deploy", "failed");
  const auto deployed = story.entries[1].at;
  story.end(id, EntryKind::failed, "deploy: no");
  CHECK(month_of(story).unrestored == 1);
  CHECK(month_of(story).restore.count == 0);
  story.wait(hours(3));
  story.confirm("b");
  CHECK(month_of(story).unrestored == 0);
  CHECK(month_of(story).restore.median == story.now() - deployed);
}

TEST_CASE("a release that was taken back later has failed, once")
{
  Story story;
  story.confirm("a");
  story.confirm("b");
  const std::string id = story.take_back("a");
  const Dora dora = month_of(story);
  CHECK(dora.deployments == 2);
  CHECK(dora.failures == 1);
  CHECK(dora.restore.count == 1);
  CHECK(dora.restore.median == story.now() - story.here().promotions.back().begun);
  CHECK(story.here().promotions.back().id == id);
}
