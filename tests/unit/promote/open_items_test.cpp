// SPDX-License-Identifier: Apache-2.0
#include "ledger_story.hpp"
#include "promote/brief.hpp"
#include "promote/record/open_items.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::promote;
using namespace sluice::promote::test;

namespace {

std::vector<std::string>
open_in(const Story& story)
{
  std::vector<std::string> items;
  for (const OpenItem& item : open_items(story.here())) {
    items.push_back(item.item);
  }
  return items;
}

using Items = std::vector<std::string>;

void
note(Story& story, const std::string& promotion, const std::string& item)
{
  story.tell(EntryKind::noted, Json{{"about", promotion}, {"item", item}, {"reason", "because"}});
}

}  // namespace

TEST_CASE("nothing is open of what went well")
{
  Story story;
  story.confirm("a");
  CHECK(open_in(story) == Items{});
}

TEST_CASE("the cause of what was rolled back is open until it is noted, whatever is promoted meanwhile")
{
  Story story;
  story.confirm("a");
  const std::string id = story.roll_back("b");
  const auto due = story.now() + debrief_time;
  story.confirm("c");
  CHECK(open_in(story) == Items{"root cause", "debrief"});
  CHECK(open_items(story.here()).back().due == due);
  CHECK(open_items(story.here()).front().fix("production")
        == "sluice promote note \"root cause\" --environment production --promotion " + brief(id) + " --reason TEXT");
  note(story, "another", "root cause");
  CHECK(open_in(story) == Items{"root cause", "debrief"});
  note(story, id, " Root Cause ");
  CHECK(open_in(story) == Items{"debrief"});
  note(story, id, "debrief");
  CHECK(open_in(story) == Items{});
}

TEST_CASE("a failed promotion has a cause, an aborted one has none")
{
  Story story;
  const std::string failed = story.begin("a");
  story.end(failed, EntryKind::failed, "migrate: no");
  CHECK(open_in(story) == Items{"root cause", "debrief"});
  Story other;
  other.end(other.begin("a"), EntryKind::aborted, "enough");
  CHECK(open_in(other) == Items{});
}

TEST_CASE("an emergency wants a review, and when it has ended a debrief")
{
  Story story;
  const std::string id = story.begin("a", Json{{"emergency", true}, {"reason", "the shop is down"}});
  CHECK(open_in(story) == Items{"review"});
  story.end(id, EntryKind::confirmed);
  CHECK(open_in(story) == Items{"review", "debrief"});
  note(story, id, "review");
  CHECK(open_in(story) == Items{"review", "debrief"});
  story.tell(EntryKind::reviewed, Json{{"reviewed", id}});
  CHECK(open_in(story) == Items{"debrief"});
}

TEST_CASE("an incident that is noted calls for a debrief")
{
  Story story;
  const std::string id = story.confirm("a");
  note(story, id, "incident");
  CHECK(open_in(story) == Items{"debrief"});
  CHECK(wants_debrief(story.here().promotions.front(), story.here()));
}
