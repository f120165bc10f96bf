// SPDX-License-Identifier: Apache-2.0
#include "base/hash.hpp"
#include "base/path.hpp"
#include "promote/evidence/evidence.hpp"
#include "promote/json_members.hpp"
#include "support/git_fixture.hpp"
#include "unit/promote/situation.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::promote;
using namespace sluice::promote::test;

namespace {

Json
report(std::string_view tool, const std::string& head)
{
  return {{"tool", tool},
          {"version", "0.1.0"},
          {"verdict", "pass"},
          {"failure", nullptr},
          {"fail-on", "high"},
          {"started", "2026-11-24T11:00:00.5Z"},
          {"duration-ms", 1500},
          {"context",
           {{"head", head}, {"range", "aaaaaaaa..bbbbbbbb"}, {"breadth", "range"}, {"bases", Json::array({commit_a})}}},
          {"coverage", {{"counts", Json::array({{{"value", 2}, {"unit", "files"}}})}}},
          {"gaps", Json::array()},
          {"findings", Json::array()},
          {"sections", Json::array()}};
}

std::string
document(std::initializer_list<Json> reports)
{
  return Json{{"schema", "sluice.report/3"}, {"reports", Json::array(reports)}}.dump(2);
}

Json
statement()
{
  return {{"_type", "https://in-toto.io/Statement/v1"},
          {"subject", Json::array({{{"name", "x"}, {"digest", {{"gitCommit", commit_b}}}}})},
          {"predicateType", "https://in-toto.io/attestation/test-result/v0.1"},
          {"predicate",
           {{"result", "PASSED"},
            {"sluice",
             {{"tool", "migrations"},
              {"version", "0.1.0"},
              {"verdict", "pass"},
              {"fail-on", "medium"},
              {"head", commit_b},
              {"breadth", "whole"},
              {"bases", Json::array()},
              {"range", "whole history"},
              {"finished", "2026-11-24T11:00:02Z"},
              {"examined", Json::array({{{"value", 3}, {"unit", "files"}}})},
              {"findings", {{"medium", 1}}}}}}}};
}

const EvidenceSource source{.environment = "", .actor = "olga", .at = at("2026-11-24T11:05:00Z")};

Evidence
only(std::string_view text, const EvidenceSource& from = source)
{
  const auto entries = evidence_of(text, from);
  REQUIRE_MESSAGE(entries, entries.error().message);
  REQUIRE(entries->size() == 1);
  return read_evidence(entries->front()).value();
}

std::string
refusal(std::string_view text, const EvidenceSource& from = source)
{
  const auto entries = evidence_of(text, from);
  return entries ? "taken" : entries.error().message;
}

}  // namespace

TEST_CASE("a report becomes evidence with all that decides whether it is enough")
{
  Json migrations = report("migrations", commit_b);
  migrations.at("findings") = Json::array(
      {{{"severity", "medium"}, {"disposition", "below-threshold"}, {"where", {{"path", "db/migrations/2.sql"}}}},
       {{"severity", "critical"}, {"disposition", "baselined"}}});
  migrations.at("sections") =
      Json::array({{{"table", {{"rows", Json::array({Json::array({"db/migrations/1.sql:3", "t"})})}}}}});
  const std::string text = document({migrations});
  const Evidence evidence = only(text);
  CHECK(evidence.tool == "migrations");
  CHECK(evidence.commit == commit_b);
  CHECK(evidence.verdict == Verdict::pass);
  CHECK(evidence.fail_on == FailOn::high);
  CHECK(evidence.breadth == Breadth::range);
  CHECK(evidence.bases == std::vector{commit_a});
  CHECK(evidence.produced == at("2026-11-24T11:00:02Z"));
  CHECK(evidence.digest == "sha256:" + to_hex(sha256(text)));
  CHECK(evidence.risk == Risk::medium);
  REQUIRE(evidence.migrations);
  CHECK(evidence.migrations->files == 2);
  CHECK(evidence.migrations->paths == std::vector<std::string>{"db/migrations/1.sql", "db/migrations/2.sql"});
  CHECK_FALSE(evidence.is_brought);
  CHECK_FALSE(only(document({report("secrets", commit_b)})).risk);
}

TEST_CASE("a file may hold several reports, and each becomes an entry")
{
  const auto entries = evidence_of(document({report("secrets", commit_b), report("deps", commit_b)}), source).value();
  REQUIRE(entries.size() == 2);
  CHECK(text_of(entries[0].body, "tool") == "secrets");
  CHECK(text_of(entries[1].body, "tool") == "deps");
}

TEST_CASE("a statement is evidence, and one in an envelope only if somebody has checked the signature")
{
  const Evidence bare = only(statement().dump());
  CHECK(bare.breadth == Breadth::whole);
  CHECK(bare.risk == Risk::medium);
  CHECK(bare.migrations->files == 3);
  const Json envelope{{"payloadType", "application/vnd.in-toto+json"},
                      {"payload", to_base64(statement().dump())},
                      {"signatures", Json::array()}};
  CHECK(refusal(envelope.dump()).find("evidence_verify") != std::string::npos);
  EvidenceSource checked = source;
  checked.verified_by = "gh attestation verify";
  CHECK(only(envelope.dump(), checked).verified_by == "gh attestation verify");
  CHECK(only(Json{{"dsseEnvelope", envelope}}.dump(), checked).commit == commit_b);
  const std::string lines = statement().dump() + "\n\n" + statement().dump() + "\n";
  CHECK(evidence_of(lines, source).value().size() == 2);
}

TEST_CASE("what contradicts itself or is something else is refused")
{
  Json failing = report("secrets", commit_b);
  failing.at("findings") = Json::array({{{"severity", "high"}, {"disposition", "active"}}});
  CHECK(refusal(document({failing})) == "calls itself passed, but it has a finding that fails");
  Json gap = report("secrets", commit_b);
  gap.at("gaps") = Json::array({{{"kind", "shallow"}, {"accepted", false}}});
  CHECK(refusal(document({gap})) == "calls itself passed, but it has a gap that nobody accepted");
  Json failed = report("secrets", commit_b);
  failed.at("failure") = {{"verdict", "unable"}};
  CHECK(refusal(document({failed})) == "calls itself passed, but the gate did not finish");
  CHECK(refusal(document({report("secrets", "HEAD")})) == "does not say which gate judged which commit");
  CHECK(refusal(document({})) == "holds no report");
  CHECK(refusal("{}") == "is neither a JSON report of Sluice nor an in-toto statement");
  CHECK(refusal("nonsense").starts_with("not JSON"));
  Json other = statement();
  other.at("subject").at(std::size_t{0}).at("digest").at("gitCommit") = commit_a;
  CHECK(refusal(other.dump()) == "its subject is not the commit that its predicate speaks of");
  other = statement();
  other.at("predicate").at("result") = "FAILED";
  CHECK(refusal(other.dump()) == "calls itself passed, but its result is FAILED");
}

TEST_CASE("a command vouches for a file, or does not")
{
  const auto directory = TemporaryDirectory::create().value();
  const auto file = directory.path() / "report.json";
  REQUIRE(write_file(file, "good"));
  const Environment environment{{"PATH", "/usr/bin:/bin"}};
  CHECK(vouch_for(file, std::vector<std::string>{"grep", "-q", "good"}, environment));
  const auto no = vouch_for(file, std::vector<std::string>{"grep", "-q", "bad"}, environment);
  REQUIRE_FALSE(no);
  CHECK(no.error().kind == ErrorKind::input);
  CHECK(no.error().message == "report.json: grep does not vouch for it (status 1): ");
  CHECK_FALSE(vouch_for(file, std::vector<std::string>{"/nonexistent"}, environment));
}

namespace {

/// `secrets` is asked for; a report for what is new since `commit_a`, which is live.
struct Reported : Scene
{
  Reported()
  {
    stage.evidence = {"secrets"};
    promoted("production", commit_a, "2026-11-23T08:00:00Z");
    body = evidence_of(document({report("secrets", commit_b)}), source).value().front().body;
  }

  std::string
  with(std::string_view key, Json value)
  {
    Reported other = *this;
    Json changed = body;
    changed.at(key) = std::move(value);
    other.add(EntryKind::evidence, "", "2026-11-24T11:05:00Z", changed);
    return other.told("evidence");
  }

  Json body;
};

}  // namespace

TEST_CASE("evidence that passed for what is new counts")
{
  Reported scene;
  CHECK(scene.told("evidence") == "no: there is no report of secrets for " + commit_b);
  scene.add(EntryKind::evidence, "staging", "2026-11-24T11:05:00Z", scene.body);
  CHECK(scene.told("evidence") == "yes: secrets passed at 2026-11-24T11:00:02Z (aaaaaaaa..bbbbbbbb)");
  scene.commit = commit_c;
  CHECK(scene.answer("evidence") == "no");
  scene.stage.evidence.clear();
  CHECK(scene.told("evidence") == "-");
}

TEST_CASE("evidence that is not enough says why")
{
  Reported scene;
  const std::string no = "no: the report of secrets does not count: ";
  CHECK(scene.with("verdict", "incomplete") == no + "the verdict is incomplete");
  CHECK(scene.with("verdict", "not-applicable") == no + "the verdict is not applicable");
  CHECK(scene.with("fail-on", "critical") == no + "it fails for critical findings and high is asked for");
  CHECK(scene.with("fail-on", "none") == no + "it fails for no findings and high is asked for");
  CHECK(scene.with("fail-on", "low").starts_with("yes"));
  CHECK(scene.with("produced", "2026-11-23T11:59:59Z").starts_with(no + "it is of 2026-11-23T11:59:59Z, and may not"));
  CHECK(scene.with("produced", "2026-11-23T12:00:00Z").starts_with("yes"));
  CHECK(scene.with("produced", "2026-11-24T12:01:01Z").starts_with(no + "it is of 2026-11-24T12:01:01Z, which has"));
  CHECK(scene.with("bases", Json::array({commit_c})).starts_with(no + "its range"));
  CHECK(scene.with("bases", Json::array()).starts_with(no + "its range"));
  CHECK(scene.with("breadth", "part").starts_with(no + "it does not speak of all"));
  CHECK(scene.with("breadth", "whole").starts_with("yes"));
  CHECK(scene.with("breadth", "files").starts_with(no + "it looked at files alone"));
}

TEST_CASE("where nothing is live a range is never wide enough")
{
  Reported scene;
  scene.ledger = State();
  CHECK(scene.with("version", "1").find("nothing is live here: all of it is new") != std::string::npos);
  CHECK(scene.with("breadth", "whole").starts_with("yes"));
}

TEST_CASE("a range may begin before what is live, and not after it")
{
  sluice::test::GitFixture fixture;
  const std::string before = fixture.commit("a", "1", "before");
  const std::string live = fixture.commit("a", "2", "live");
  const std::string after = fixture.commit("a", "3", "after");
  const std::string asked = fixture.commit("a", "4", "asked for");
  const auto repository = git::Repository::open(fixture.path()).value();
  for (const auto& [base, answer] : {std::pair(before, "yes"), {live, "yes"}, {after, "no"}}) {
    Scene scene;
    scene.commit = asked;
    scene.stage.evidence = {"secrets"};
    scene.input.repository = &repository;
    scene.promoted("production", live, "2026-11-23T08:00:00Z");
    Json said = report("secrets", asked);
    said.at("context").at("bases") = Json::array({base});
    scene.add(EntryKind::evidence, "", "2026-11-24T11:05:00Z",
              evidence_of(document({said}), source).value().front().body);
    CHECK(scene.answer("evidence") == answer);
  }
}

TEST_CASE("what was produced last counts, also if it was handed in first or with the call")
{
  Reported scene;
  Json failed = scene.body;
  failed.at("verdict") = "fail";
  failed.at("produced") = "2026-11-24T11:30:00Z";
  scene.add(EntryKind::evidence, "", "2026-11-24T11:31:00Z", failed);
  scene.add(EntryKind::evidence, "", "2026-11-24T11:32:00Z", scene.body);
  CHECK(scene.told("evidence") == "no: the report of secrets does not count: the verdict is fail");
  Entry brought;
  brought.kind = EntryKind::evidence;
  brought.actor = "olga";
  brought.body = scene.body;
  brought.body.at("way") = "brought";
  scene.brought = {brought};
  CHECK(scene.answer("evidence") == "no");
  scene.brought.front().body.at("produced") = "2026-11-24T11:30:00Z";
  CHECK(scene.answer("evidence") == "yes");
  CHECK(scene.judged("evidence").front().facts[1].value == "given with this call by olga");
}

TEST_CASE("where a command must vouch for evidence, that of no other counts")
{
  Reported scene;
  scene.stage.evidence_verify = {"gh", "attestation", "verify"};
  CHECK(scene.with("version", "1") == "no: the report of secrets does not count: gh did not vouch for it");
  CHECK(scene.with("verified-by", "true") == "no: the report of secrets does not count: gh did not vouch for it");
  CHECK(scene.with("verified-by", "gh attestation verify").starts_with("yes"));
}
