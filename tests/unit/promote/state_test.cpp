// SPDX-License-Identifier: Apache-2.0
#include "base/clock.hpp"
#include "ledger_story.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace sluice;
using namespace sluice::promote;
using namespace sluice::promote::test;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

/// All of a state that a test can compare.
std::string
shown(const State& state)
{
  std::string text = fmt::format("{} {} {}\n", state.entries, rfc3339(state.newest), state.faults.size());
  for (const auto& [name, here] : state.environments) {
    text += fmt::format("{}: {} live {} before {} words {} {} {} {} notes {} unreviewed {}\n", name,
                        name_of(here.condition()), here.live ? here.live->commit + here.live->entry : "nothing",
                        here.before.size(), here.approvals.size(), here.rejections.size(), here.evidence.size(),
                        here.attestations.size(), here.notes.size(), here.unreviewed.size());
    for (const auto& [identity, seen] : here.verified) {
      text += fmt::format("  {} {} {} {} {}\n", identity, seen.was_healthy, rfc3339(seen.at),
                          seen.left ? rfc3339(*seen.left) : "there", seen.why);
    }
    for (const auto& [commit, why] : here.rolled_back) {
      text += fmt::format("  back {} {}\n", commit, why);
    }
    for (const Promotion& promotion : here.promotions) {
      text += fmt::format("  {} {} {} {} {} {}\n", promotion.id, promotion.commit, promotion.steps.size(),
                          promotion.end ? name_of(*promotion.end) : "on", promotion.entries.size(),
                          promotion.lease ? rfc3339(promotion.lease->expires) : "nobody's");
    }
  }
  return text;
}

/// A history as runs of ours could have written it, of any kind of entry.
class RandomHistory
{
public:
  explicit RandomHistory(unsigned seed)
      : random_(seed)
  {
    for (int i = 0; i < 120; ++i) {
      go_on();
    }
  }

  Story story;

private:
  int
  any(int below)
  {
    return std::uniform_int_distribution<int>(0, below - 1)(random_);
  }

  void
  go_on()
  {
    const Promotion* now = story.here().unfinished();
    now != nullptr&& any(8) != 0 ? go_on_with(*now) : say_a_word();
  }

  void
  go_on_with(const Promotion& now)
  {
    const std::string id = now.id;
    if (!now.lease) {
      story.tell(EntryKind::taken_over,
                 Json{{"lease", {{"seconds", 60}}}, {"mode", any(3) == 0 ? "rollback" : "resume"}}, id);
      return;
    }
    for (const auto& [name, step] : now.steps) {
      if (step.state == Step::State::begun) {
        return end_step(id, name);
      }
    }
    switch (any(8)) {
    case 0:
      return story.end(id, EntryKind::confirmed);
    case 1:
      return story.end(id, any(2) == 0 ? EntryKind::failed : EntryKind::rolled_back, "why");
    case 2:
      return story.end(id, EntryKind::aborted, "enough");
    case 3:
      story.tell(EntryKind::renewed, Json::object(), id);
      return;
    default: {
      constexpr const char* names[]{"backup", "migrate", "deploy", "deploy-5", "verify", "rollback"};
      story.tell(EntryKind::step_begun, Json{{"step", names[any(6)]}, {"key", "k"}}, id);
    }
    }
  }

  void
  end_step(const std::string& id, const std::string& name)
  {
    constexpr const char* outcomes[]{"done", "done", "failed", "unhealthy", "cannot-observe"};
    switch (any(5)) {
    case 0:
      story.tell(EntryKind::parked, Json{{"step", name}, {"samples", Json::array()}}, id);
      return;
    case 1:
      story.tell(EntryKind::needs_operator, Json{{"step", name}, {"why", "?"}}, id);
      return;
    default:
      story.tell(EntryKind::step_ended, Json{{"step", name}, {"outcome", outcomes[any(5)]}, {"why", "w"}}, id);
    }
  }

  void
  say_a_word()
  {
    const std::string commit = fmt::format("c{}", any(4));
    constexpr EntryKind words[]{EntryKind::approved, EntryKind::rejected, EntryKind::locked,
                                EntryKind::unlocked, EntryKind::evidence, EntryKind::attested,
                                EntryKind::noted,    EntryKind::observed, EntryKind::reviewed};
    if (story.here().unfinished() == nullptr && any(2) == 0) {
      any(4) == 0 ? (void)story.tell(EntryKind::waiting, Json{{"commit", commit}, {"why", "later"}})
                  : (void)story.begin(commit, Json{{"emergency", any(5) == 0}});
      return;
    }
    const auto& live = story.here().live;
    story.tell(words[any(9)], Json{{"commit", commit},
                                   {"identity", live ? live->identity : commit},
                                   {"outcome", any(2) == 0 ? "healthy" : "unhealthy"},
                                   {"item", "QA"},
                                   {"reason", "r"}});
  }

  std::mt19937 random_;
};

State
folded(const std::vector<Entry>& entries)
{
  State state;
  for (const Entry& entry : entries) {
    const auto again = parse_entry(entry.id, commit_content(message_of(entry)));
    REQUIRE(again);
    state.take(*again);
  }
  return state;
}

const Verification&
seen(const Story& story, const std::string& identity)
{
  return story.here().verified.at(identity);
}

}  // namespace

TEST_CASE("what histories come to is the same when their commits are read again, and none has a fault")
{
  for (unsigned seed = 0; seed < 60; ++seed) {
    const RandomHistory history(seed);
    INFO(seed);
    CHECK(history.story.state.faults == std::vector<std::string>{});
    CHECK(shown(folded(history.story.entries)) == shown(history.story.state));
  }
}

TEST_CASE("a confirmed release is live and verified, and the one before has left")
{
  Story story;
  CHECK(story.here().condition() == Condition::none);
  story.confirm("a");
  const auto first = story.now();
  story.confirm("b");
  CHECK(story.here().condition() == Condition::confirmed);
  CHECK(story.here().live->commit == "b");
  CHECK(seen(story, "a").left == story.now());
  CHECK(seen(story, "a").at == first);
  CHECK_FALSE(seen(story, "b").left);
}

TEST_CASE("a release that was rolled back is not verified, and what is live again stayed so")
{
  Story story;
  story.confirm("a");
  const auto verified = story.now();
  story.roll_back("b");
  CHECK(story.here().condition() == Condition::rolled_back);
  CHECK(story.here().live->commit == "a");
  CHECK(story.here().live->since == verified);
  CHECK(seen(story, "a").was_healthy);
  CHECK(seen(story, "a").at == verified);
  CHECK_FALSE(seen(story, "a").left);
  CHECK_FALSE(seen(story, "b").was_healthy);
  CHECK(story.here().rolled_back.contains("b"));
  story.confirm("b");
  CHECK_FALSE(story.here().rolled_back.contains("b"));
}

TEST_CASE("a release that comes back after another had its place is verified since then")
{
  Story story;
  story.confirm("a");
  story.confirm("b");
  story.take_back("a");
  CHECK(story.here().live->commit == "a");
  CHECK(story.here().live->since == story.now());
  CHECK(seen(story, "a").was_healthy);
  CHECK(seen(story, "a").at == story.now());
  CHECK_FALSE(seen(story, "a").left);
  CHECK_FALSE(seen(story, "b").was_healthy);
  REQUIRE(story.here().before.size() == 1);
  CHECK(story.here().before.front().commit == "a");
}

TEST_CASE("a release that failed when it was promoted once more is not verified, and still one to go back to")
{
  Story story;
  story.confirm("a");
  story.roll_back("a");
  CHECK(story.here().live->commit == "a");
  CHECK_FALSE(seen(story, "a").was_healthy);
  CHECK_FALSE(seen(story, "a").left);
  REQUIRE(story.here().before.size() == 1);
  CHECK(story.here().before.front().commit == "a");
}

TEST_CASE("a canary that was turned back at its first share was deployed")
{
  Story story;
  story.confirm("a");
  const std::string id = story.begin("b");
  story.step_of(id, "deploy-5");
  story.step_of(id, "verify-5", "unhealthy");
  story.step_of(id, "rollback");
  story.end(id, EntryKind::rolled_back, "why");
  REQUIRE(story.here().verified.contains("b"));
  CHECK_FALSE(seen(story, "b").was_healthy);
}

TEST_CASE("what failed before anything was deployed says nothing of the release")
{
  Story story;
  story.confirm("a");
  const std::string id = story.begin("b");
  story.step_of(id, "migrate", "failed");
  story.end(id, EntryKind::failed, "migrate: no");
  CHECK_FALSE(story.here().verified.contains("b"));
  CHECK(story.here().live->commit == "a");
  CHECK(story.here().condition() == Condition::failed);
}

TEST_CASE("a look that finds a release ill takes its verification back, and its time begins anew when it is well")
{
  Story story;
  story.confirm("a");
  const auto verified = story.now();
  story.look("healthy", "a");
  CHECK(seen(story, "a").at == verified);
  story.look("unhealthy", "a");
  CHECK_FALSE(seen(story, "a").was_healthy);
  CHECK(seen(story, "a").at == story.now());
  const auto ill = story.now();
  story.look("unhealthy", "a");
  CHECK(seen(story, "a").at == ill);
  story.look("healthy", "a");
  CHECK(seen(story, "a").was_healthy);
  CHECK(seen(story, "a").at == story.now());
  CHECK_FALSE(seen(story, "a").left);
}

TEST_CASE("a look changes nothing but what is known of what was looked at")
{
  Story story;
  story.look("unhealthy", "a");
  CHECK(story.here().verified.empty());
  story.confirm("a");
  story.confirm("b");
  const auto before = shown(story.state).substr(shown(story.state).find('\n'));
  story.look("unhealthy", "a");
  CHECK(shown(story.state).substr(shown(story.state).find('\n')) == before);
  story.look("unhealthy", "b");
  CHECK(story.here().rolled_back.empty());
  CHECK(story.here().condition() == Condition::confirmed);
  CHECK(story.here().promotions.size() == 2);
  CHECK(story.here().live->commit == "b");
  CHECK(story.state.faults.empty());
}

TEST_CASE("a lease ends after its length, is renewed by what its holder writes, and is never longer than a year")
{
  Story story;
  const std::string id = story.begin("a");
  CHECK(story.here().unfinished()->lease->expires == story.now() + seconds(900));
  story.tell(EntryKind::renewed, Json::object(), id);
  CHECK(story.here().unfinished()->lease->expires == story.now() + seconds(900));
  story.tell(EntryKind::taken_over, Json{{"lease", {{"seconds", INT64_MAX}}}}, id);
  CHECK(story.here().unfinished()->lease->expires < story.now() + std::chrono::days(367));
  story.tell(EntryKind::taken_over, Json{{"lease", {{"seconds", -5}}}}, id);
  CHECK(story.here().unfinished()->lease->expires == story.now());
  CHECK(story.here().unfinished()->lease->token == 4);
}

TEST_CASE("what is parked or asked is nobody's until somebody takes it over")
{
  Story story;
  const std::string id = story.begin("a");
  story.tell(EntryKind::step_begun, Json{{"step", "verify"}, {"key", "k"}}, id);
  story.tell(EntryKind::parked, Json{{"step", "verify"}}, id);
  CHECK(story.here().condition() == Condition::waiting);
  CHECK_FALSE(story.here().unfinished()->lease);
  story.tell(EntryKind::taken_over, Json{{"lease", {{"seconds", 5}}}}, id);
  CHECK(story.here().condition() == Condition::running);
  story.tell(EntryKind::needs_operator, Json{{"step", "verify"}, {"why", "was it done?"}}, id);
  CHECK(story.here().condition() == Condition::needs_operator);
  CHECK(story.here().unfinished()->step("verify")->was_asked);
  story.tell(EntryKind::taken_over, Json{{"lease", {{"seconds", 5}}}, {"mode", "rollback"}}, id);
  CHECK(story.here().unfinished()->direction == Direction::back);
  story.tell(EntryKind::decided, Json{{"step", "verify"}}, id);
  CHECK(story.here().unfinished()->step("verify")->state == Step::State::done);
  CHECK(story.state.faults.empty());
}

TEST_CASE("words are kept by environment, and a lock is its last word")
{
  Story story;
  story.tell(EntryKind::locked, Json{{"reason", "host moves"}});
  CHECK(story.here().lock->reason == "host moves");
  story.tell(EntryKind::unlocked);
  CHECK_FALSE(story.here().lock);
  story.tell(EntryKind::approved, Json{{"commit", "a"}}, "", "staging");
  CHECK(story.here().approvals.empty());
  CHECK(story.state.of("staging").approvals.front().commit == "a");
  story.tell(EntryKind::waiting, Json{{"commit", "a"}, {"why", "later"}});
  CHECK(story.here().condition() == Condition::waiting);
  story.tell(EntryKind::aborted);
  CHECK(story.here().condition() == Condition::aborted);
  const std::string id = story.begin("a", Json{{"emergency", true}});
  CHECK(story.here().unreviewed.contains(id));
  story.tell(EntryKind::reviewed, Json{{"reviewed", id}});
  CHECK(story.here().unreviewed.empty());
  story.tell(EntryKind::noted, Json{{"about", id}, {"item", "incident"}, {"reason", "slow"}});
  REQUIRE(story.here().notes.size() == 1);
  CHECK(story.here().notes.front().promotion == id);
  CHECK(story.here().notes.front().text == "slow");
}

TEST_CASE("entries that no run of ours would have written are told")
{
  const auto fault_of = [](auto tell) {
    Story story;
    tell(story);
    return story.state.faults.empty() ? std::string() : story.state.faults.front();
  };
  CHECK(
      fault_of([](Story& s) { s.tell(EntryKind::confirmed, Json::object(), std::string(40, '0')); }).find("never began")
      != std::string::npos);
  CHECK(fault_of([](Story& s) { s.tell(EntryKind::confirmed); }).find("belongs to none") != std::string::npos);
  CHECK(fault_of([](Story& s) {
          s.tell(EntryKind::step_ended, Json{{"step", "deploy"}});
        }).find("belongs to none")
        != std::string::npos);
  CHECK(fault_of([](Story& s) {
          s.begin("a");
          s.begin("b");
        }).find("another has not ended")
        != std::string::npos);
  CHECK(fault_of([](Story& s) {
          const std::string id = s.begin("a");
          s.tell(EntryKind::step_ended, Json{{"step", "deploy"}, {"outcome", "done"}}, id);
        }).find("not under way")
        != std::string::npos);
  CHECK(fault_of([](Story& s) {
          const std::string id = s.confirm("a");
          s.tell(EntryKind::renewed, Json::object(), id);
        }).find("has ended")
        != std::string::npos);
  State state;
  Entry entry;
  entry.number = 2;
  state.take(entry);
  CHECK(state.faults.front() == "entry 2: is where 1 belongs");
}
