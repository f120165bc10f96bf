// SPDX-License-Identifier: Apache-2.0
#include "promote/evidence/approval.hpp"
#include "promote/json_members.hpp"
#include "support/git_fixture.hpp"
#include "unit/promote/situation.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::promote;
using namespace sluice::promote::test;

namespace {

/// A repository of a live commit by Ada and the one that is asked for, and words that the machine vouches for.
struct Repo : Scene
{
  Repo()
  {
    const std::string live = fixture.commit("a", "1", "live");
    commit = fixture.commit("a", "2", "asked for");
    repository.emplace(git::Repository::open(fixture.path()).value());
    input.repository = &*repository;
    stage.approvals.count = 2;
    stage.approvals.proof = Proof::actor;
    promoted("production", live, "2026-11-23T08:00:00Z");
  }

  void
  approve(std::string_view who, std::string_view when = "2026-11-24T10:00:00Z")
  {
    add(EntryKind::approved, "production", when, {{"commit", commit}, {"plan", plan}}, who);
  }

  sluice::test::GitFixture fixture;
  std::optional<git::Repository> repository;
};

}  // namespace

TEST_CASE("so many different people must approve")
{
  Repo scene;
  CHECK(scene.told("approvals") == "wait: 0 of 2 approvals");
  scene.approve("rita");
  CHECK(scene.told("approvals") == "wait: 1 of 2 approvals: rita, not proven");
  scene.approve("Rita", "2026-11-24T11:00:00Z");
  CHECK(scene.answer("approvals") == "wait");
  scene.approve("Sam <sam@example.org>");
  CHECK(scene.told("approvals") == "yes: 2 approvals: Rita, Sam <sam@example.org>, not proven");
  scene.stage.approvals.count = 0;
  CHECK(scene.told("approvals") == "-");
}

TEST_CASE("neither who wrote it nor who started it counts, by whatever name they go")
{
  Repo scene;
  scene.stage.approvals.count = 1;
  scene.actor = "olga";
  scene.approve("ADA@example.org");
  scene.approve("olga@example.org");
  CHECK(scene.told("approvals")
        == "wait: 0 of 1 approval; does not count: ADA@example.org wrote some of it, olga@example.org started it");
  const auto facts = scene.judged("approvals").front().facts;
  REQUIRE(facts.size() == 1);
  CHECK(facts[0].value == "ADA@example.org wrote some of it; olga@example.org started it");
  scene.stage.approvals.not_author = false;
  CHECK(scene.answer("approvals") == "yes");
}

TEST_CASE("of words that do not count few are told, and each once")
{
  Repo scene;
  scene.stage.approvals.from = {"zoe"};
  scene.stage.approvals.database = {"zoe"};
  for (const std::string_view who : {"rita", "sam", "rita", "tom"}) {
    scene.add(EntryKind::approved, "production", "2026-11-24T09:00:00Z", {{"commit", scene.commit}, {"plan", "old"}},
              who);
  }
  const std::string three = "; does not count: rita agreed under another definition of the pipeline, sam agreed under "
                            "another definition of the pipeline, tom agreed under another definition of the pipeline";
  CHECK(scene.told("approvals") == "wait: 0 of 2 approvals" + three);
  scene.approve("uma");
  scene.approve("vic");
  CHECK(scene.told("approvals") == "wait: 0 of 2 approvals" + three + ", and 2 more");
  scene.approve("zoe");
  CHECK(scene.told("approvals") == "wait: 1 of 2 approvals: zoe, not proven" + three + ", and 2 more");
}

TEST_CASE("who knows the database and whose word does not count is told of it")
{
  Repo scene;
  scene.stage.approvals.count = 1;
  scene.stage.approvals.database = {"olga"};
  scene.approve("rita");
  scene.approve("olga");
  CHECK(scene.told("approvals")
        == "wait: the change may hold migrations, and none of olga approved it; does not count: olga started it");
}

TEST_CASE("who wrote it with others does not count either")
{
  Repo scene;
  scene.commit = scene.fixture.commit("a", "3", "asked for\n\nCO-authored-by: Rita <rita@example.org>\n");
  scene.stage.approvals.count = 1;
  scene.approve("rita@example.org");
  CHECK(scene.told("approvals") == "wait: 0 of 1 approval; does not count: rita@example.org wrote some of it");
  scene.approve("sam@example.org");
  CHECK(scene.answer("approvals") == "yes");
}

TEST_CASE("an approval of another commit, environment or definition of the pipeline is none")
{
  Repo scene;
  scene.stage.approvals.count = 1;
  scene.add(EntryKind::approved, "production", "2026-11-24T10:00:00Z", {{"commit", commit_a}, {"plan", "plan-1"}},
            "rita");
  scene.add(EntryKind::approved, "staging", "2026-11-24T10:00:00Z", {{"commit", scene.commit}, {"plan", "plan-1"}},
            "rita");
  scene.add(EntryKind::approved, "production", "2026-11-24T10:00:00Z", {{"commit", scene.commit}, {"plan", "plan-0"}},
            "rita");
  CHECK(scene.told("approvals")
        == "wait: 0 of 1 approval; does not count: rita agreed under another definition of the pipeline");
}

TEST_CASE("only those who may approve do")
{
  Repo scene;
  scene.stage.approvals.count = 1;
  scene.stage.approvals.from = {"*@example.org"};
  scene.approve("rita@example.com");
  CHECK(scene.told("approvals")
        == "wait: 0 of 1 approval; does not count: rita@example.com is not among those who may approve");
  scene.approve("sam@example.org");
  CHECK(scene.answer("approvals") == "yes");
}

TEST_CASE("a change with migrations needs somebody who knows the database, and may hold some until one has looked")
{
  Repo scene;
  scene.stage.approvals.count = 1;
  scene.stage.approvals.database = {"dora"};
  scene.approve("rita");
  CHECK(scene.told("approvals") == "wait: the change may hold migrations, and none of dora approved it");
  Json report{{"tool", "migrations"},        {"commit", scene.commit}, {"verdict", "pass"},
              {"fail-on", "high"},           {"breadth", "range"},     {"produced", "2026-11-24T11:00:00Z"},
              {"migrations", {{"files", 0}}}};
  scene.add(EntryKind::evidence, "", "2026-11-24T11:00:00Z", report);
  CHECK(scene.answer("approvals") == "yes");
  report.at("migrations").at("files") = 2;
  scene.add(EntryKind::evidence, "", "2026-11-24T11:10:00Z", report);
  CHECK(scene.told("approvals") == "wait: the change holds migrations, and none of dora approved it");
  scene.approve("dora");
  CHECK(scene.answer("approvals") == "yes");
}

TEST_CASE("a risk asks for more people, and one that nobody knows for most")
{
  Repo scene;
  scene.stage.approvals.count = 1;
  scene.stage.risk["high"].approvals = 2;
  scene.approve("rita");
  CHECK(scene.told("approvals") == "wait: 1 of 2 approvals: rita, not proven");
  const Json report{{"tool", "migrations"}, {"commit", scene.commit}, {"verdict", "pass"},
                    {"fail-on", "high"},    {"breadth", "range"},     {"produced", "2026-11-24T11:00:00Z"},
                    {"risk", "medium"}};
  scene.add(EntryKind::evidence, "", "2026-11-24T11:00:00Z", report);
  CHECK(scene.answer("approvals") == "yes");
}

TEST_CASE("who wrote a change cannot be told from half of it")
{
  Repo scene;
  scene.stage.approvals.count = 1;
  scene.approve("rita");
  scene.promoted("production", commit_a, "2026-11-23T09:00:00Z");
  CHECK(scene.answer("approvals") == "unavailable");
}

TEST_CASE("only the platform's own word counts where it is asked for")
{
  Repo scene;
  scene.stage.approvals.count = 1;
  scene.stage.approvals.proof = Proof::platform;
  scene.approve("rita");
  CHECK(scene.told("approvals") == "unavailable: no platform that knows of approvals can be asked here");
  scene.platform_words = [] {
    return std::vector<PlatformWord>{{PlatformWord::Kind::approved, "sam", at("2026-11-24T10:00:00Z")}};
  };
  CHECK(scene.told("approvals") == "yes: 1 approval: sam");
  CHECK(scene.told("rejection") == "-");
  scene.platform_words = [] {
    return std::vector<PlatformWord>{{PlatformWord::Kind::rejected, "sam", at("2026-11-24T10:00:00Z")}};
  };
  CHECK(scene.told("rejection") == "no: sam rejected it at 2026-11-24T10:00:00Z");
  scene.platform_words = [] { return fail(ErrorKind::unavailable, "api.example.org: no answer"); };
  CHECK(scene.told("approvals") == "unavailable: api.example.org: no answer");
}

TEST_CASE("a rejection wins over any number of approvals, until the person who gave it approves")
{
  Repo scene;
  scene.approve("sam", "2026-11-24T09:00:00Z");
  scene.add(EntryKind::rejected, "production", "2026-11-24T10:00:00Z",
            {{"commit", scene.commit}, {"plan", "another"}, {"reason", "too late"}}, "rita");
  scene.approve("tom", "2026-11-24T11:00:00Z");
  CHECK(scene.answer("approvals") == "yes");
  CHECK(scene.told("rejection") == "no: rita rejected it at 2026-11-24T10:00:00Z: too late");
  scene.approve("Rita <rita@example.org>", "2026-11-24T11:30:00Z");
  CHECK(scene.told("rejection") == "-");
  scene.add(EntryKind::rejected, "production", "2026-11-24T11:40:00Z", {{"commit", scene.commit}}, "rita");
  CHECK(scene.answer("rejection") == "no");
  scene.commit = commit_c;
  CHECK(scene.told("rejection") == "-");
}

TEST_CASE("a signed approval is its signer's, whatever name it bears")
{
  Repo scene;
  scene.stage.approvals.count = 1;
  scene.stage.approvals.proof = Proof::signature;
  CHECK(scene.answer("approvals") == "wait");
  scene.approve("rita");
  CHECK(scene.answer("approvals") == "no");
  CHECK(scene.told("approvals").find("nobody's signature counts") != std::string::npos);
  scene.files->files[".sluice/allowed_signers"] = "signers";
  CHECK(scene.told("approvals") == "wait: 0 of 1 approval; does not count: rita did not sign it");

  Entry entry = scene.add(EntryKind::waiting, "production", "2026-11-24T10:00:00Z", {{"commit", scene.commit}});
  entry.kind = EntryKind::approved;
  entry.number = scene.ledger.entries + 1;
  entry.actor = "rita";
  entry.body = {{"commit", scene.commit}, {"plan", "plan-1"}};
  entry.is_signed = true;
  entry.committed = entry.at;
  scene.ledger.take(entry);
  std::optional<std::string> principal = "ada@example.org";
  scene.signer_of = [&](const git::ObjectId& id, std::string_view signers) {
    CHECK(id == entry.id);
    CHECK(signers == "signers");
    return Result<std::optional<std::string>>(principal);
  };
  CHECK(scene.answer("approvals") == "wait");
  principal = "sam@example.org";
  CHECK(scene.told("approvals") == "yes: 1 approval: sam@example.org");
  principal = std::nullopt;
  CHECK(scene.judged("approvals").front().facts.back().value
        == "rita did not sign it; rita signed it with no key of .sluice/allowed_signers");
}

TEST_CASE("a signature counts by a date that nobody could choose")
{
  Repo scene;
  scene.stage.approvals.count = 1;
  scene.stage.approvals.proof = Proof::signature;
  scene.files->files[".sluice/allowed_signers"] = "signers";
  scene.signer_of = [](const git::ObjectId&, std::string_view) {
    return Result<std::optional<std::string>>("sam@example.org");
  };
  // Of a runner whose clock is far ahead: it makes nobody else's word an old one.
  scene.add(EntryKind::noted, "staging", "2099-01-01T00:00:00Z", {});
  const auto sign = [&scene](std::string_view at, std::string_view committed) {
    Entry entry;
    entry.number = scene.ledger.entries + 1;
    entry.kind = EntryKind::approved;
    entry.environment = "production";
    entry.actor = "sam";
    entry.at = time_of(Json{{"at", at}}, "at").value();
    entry.committed = time_of(Json{{"at", committed}}, "at").value();
    entry.is_signed = true;
    entry.body = {{"commit", scene.commit}, {"plan", "plan-1"}};
    scene.ledger.take(entry);
  };
  SUBCASE("one of today does")
  {
    sign("2026-11-24T10:00:00Z", "2026-11-24T10:00:00Z");
    CHECK(scene.answer("approvals") == "yes");
  }
  SUBCASE("one whose commit has another date does not")
  {
    sign("2026-11-24T10:00:00Z", "2020-01-01T00:00:00Z");
    CHECK(scene.answer("approvals") == "wait");
    CHECK(scene.told("approvals").find("sam dated it otherwise than its commit") != std::string::npos);
  }
  SUBCASE("one that is dated before what came before it does not, whatever else it says of itself")
  {
    sign("2020-01-01T00:00:00Z", "2020-01-01T00:00:00Z");
    CHECK(scene.answer("approvals") == "wait");
    CHECK(scene.told("approvals").find("sam dated it long before what came before it") != std::string::npos);
    CHECK(scene.ledger.faults.empty());
  }
}

TEST_CASE("a rejection is not taken back by who only bears the name")
{
  Repo scene;
  scene.stage.approvals.proof = Proof::signature;
  scene.files->files[".sluice/allowed_signers"] = "signers";
  scene.signer_of = [](const git::ObjectId&, std::string_view) {
    return Result<std::optional<std::string>>("mallory@example.org");
  };
  scene.add(EntryKind::rejected, "production", "2026-11-24T10:00:00Z", {{"commit", scene.commit}}, "rita");
  Entry forged;
  forged.number = scene.ledger.entries + 1;
  forged.kind = EntryKind::approved;
  forged.environment = "production";
  forged.actor = "rita";
  forged.is_signed = true;
  forged.body = {{"commit", scene.commit}, {"plan", "plan-1"}};
  scene.ledger.take(forged);
  CHECK(scene.answer("rejection") == "no");
}
