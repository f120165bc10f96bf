// SPDX-License-Identifier: Apache-2.0
#include "promote/record/message.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::promote;
using namespace std::chrono_literals;

namespace {

News
news(Moment moment)
{
  News made;
  made.moment = moment;
  made.environment = "production";
  made.commit = "1234567890abcdef";
  made.previous = "fedcba0987654321";
  made.subject = "Let invoices be paid";
  made.actor = "ada";
  made.run = "https://ci.example/run/7";
  made.url = "https://shop.example";
  made.runbook = "https://wiki.example/runbook";
  made.contacts = {"ops", "bob"};
  made.zone = "Europe/Berlin";
  return made;
}

bool
holds(const std::string& text, std::string_view part)
{
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("in advance technical people are told why it waits and what to do, others when it may come")
{
  News waiting = news(Moment::waiting);
  waiting.why = "closed on Fridays";
  waiting.fix = "wait";
  waiting.until = std::chrono::sys_seconds(1795770000s);
  CHECK(message_for(waiting, Audience::technical)
        == "production: promotion of 12345678 waits\nwhat: Let invoices be paid\nwhy: closed on Fridays\n"
           "not before: Fri 27 Nov 2026 10:00 CET (+01:00)\nto do: wait\nby: ada\ncommit: 1234567890abcdef\n"
           "before: fedcba0987654321\nrun: https://ci.example/run/7\naddress: https://shop.example");
  CHECK(message_for(waiting, Audience::business)
        == "A new version is to come to production. Not before Fri 27 Nov 2026 10:00 CET (+01:00).\n"
           "What changes: Let invoices be paid\nWhere: https://shop.example");
  waiting.until.reset();
  CHECK(holds(message_for(waiting, Audience::business), "When is not decided yet."));
}

TEST_CASE("what has begun is no reason to worry, unless it is an emergency")
{
  News begun = news(Moment::begun);
  CHECK(message_for(begun, Audience::technical).starts_with("production: promotion of 12345678 has begun"));
  CHECK(message_for(begun, Audience::business).starts_with("A new version is being brought to production now."));
  begun.is_continued = true;
  CHECK(message_for(begun, Audience::technical).starts_with("production: promotion of 12345678 goes on"));
  begun.is_emergency = true;
  begun.is_continued = false;
  CHECK(message_for(begun, Audience::technical)
            .starts_with("[WARNING] production: promotion of 12345678 has begun, as an emergency"));
}

TEST_CASE("the summary has every step and its time for technical people, and no word of them for others")
{
  News ended = news(Moment::ended);
  ended.end = EntryKind::confirmed;
  ended.steps = {{"deploy", "done", "", 65s}, {"verify", "done", "", 3700s}};
  ended.took = 3765s;
  CHECK(holds(message_for(ended, Audience::technical),
              "\nsteps: deploy done (1 min 5 s), verify done (1 h 1 min)\ntook: 1 h 2 min"));
  CHECK(message_for(ended, Audience::business)
        == "The new version is in production, and it is well.\nWhat changes: Let invoices be paid\n"
           "Where: https://shop.example");
  CHECK_FALSE(holds(message_for(ended, Audience::technical), "runbook"));
}

TEST_CASE("bad ends are loud, and say whom to ask")
{
  struct Case
  {
    EntryKind end;
    std::string_view mark;
    std::string business;
  };
  for (const Case& each :
       {Case{EntryKind::rolled_back, "[WARNING] ",
             "The new version was taken back from production. The version before is there."},
        Case{EntryKind::failed, "[HIGH] ", "The change to production did not succeed, and somebody has to look at it."},
        Case{EntryKind::aborted, "[WARNING] ", "The change to production was given up."}}) {
    News ended = news(Moment::ended);
    ended.end = each.end;
    ended.why = "exit status 3";
    CHECK(message_for(ended, Audience::technical).starts_with(each.mark));
    CHECK(holds(message_for(ended, Audience::technical), "\nwhy: exit status 3\n"));
    CHECK(holds(message_for(ended, Audience::technical), "\nrunbook: https://wiki.example/runbook\ncall: ops, bob"));
    CHECK(message_for(ended, Audience::business).starts_with(std::string(each.mark) + each.business));
    CHECK(holds(message_for(ended, Audience::business), "\nAsk: ops, bob"));
    CHECK_FALSE(holds(message_for(ended, Audience::business), "exit status"));
  }
}

TEST_CASE("a rollback that was asked for and came is good news")
{
  News ended = news(Moment::ended);
  ended.is_rollback = true;
  ended.end = EntryKind::rolled_back;
  CHECK(
      message_for(ended, Audience::business).starts_with("The version before is back in production, and it is well."));
  CHECK(message_for(ended, Audience::technical).starts_with("production: rollback to 12345678: rolled-back"));
}

TEST_CASE("whoever must decide is told loudly, and so is that a run has died")
{
  News asked = news(Moment::asked);
  asked.why = "deploy may have been done";
  CHECK(message_for(asked, Audience::technical)
            .starts_with("[HIGH] production: promotion of 12345678: a person must decide"));
  CHECK(message_for(asked, Audience::business).starts_with("[HIGH] The change to production has stopped"));
  News broken = news(Moment::ended);
  broken.is_broken_off = true;
  CHECK(message_for(broken, Audience::technical)
            .starts_with("[HIGH] production: promotion of 12345678: its run ended before it did"));
}

TEST_CASE("a step is told by itself")
{
  News step = news(Moment::step);
  step.steps = {{"backup", "done", "", 1s}, {"migrate", "failed", "exit status 1", 2s}};
  CHECK(message_for(step, Audience::technical).starts_with("production: promotion of 12345678: migrate failed (2 s)"));
  CHECK(holds(message_for(step, Audience::technical), "\nwhy: exit status 1\n"));
}

TEST_CASE("hostile texts stay on their line and short")
{
  News begun = news(Moment::begun);
  begun.subject = "a\nby: mallory\x1b[31m\xe2\x80\xae" + std::string(5000, 'x');
  const std::string told = message_for(begun, Audience::technical);
  CHECK_FALSE(holds(told, "\nby: mallory"));
  CHECK_FALSE(holds(told, "\x1b"));
  CHECK_FALSE(holds(told, "\xe2\x80\xae"));
  CHECK(told.size() < 2000);
}
