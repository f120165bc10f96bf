// SPDX-License-Identifier: Apache-2.0
#include "deps/policy.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::deps;
using Kind = OwnRuling::Kind;

namespace {

constexpr Date today{2026, 11, 26};

PolicyFacts
severe()
{
  PolicyFacts facts;
  facts.severity = Severity::high;
  facts.score = 7.5;
  facts.has_fix = true;
  facts.ecosystem = "npm";
  facts.name = "minimist";
  facts.path = "web/package-lock.json";
  facts.published = Date{2026, 11, 20};
  return facts;
}

}  // namespace

TEST_CASE("by default malware and what is exploited fail, and what is severe, fixable and runs")
{
  RuleList rules({});
  PolicyFacts facts = severe();
  CHECK(rules.decide(facts, today).kind == Kind::fail);
  facts.scope = Scope::dev;
  CHECK(rules.decide(facts, today).kind == Kind::warn);
  facts.is_kev = true;
  CHECK(rules.decide(facts, today).kind == Kind::fail);
  facts.is_kev = false;
  facts.is_malware = true;
  CHECK(rules.decide(facts, today).kind == Kind::fail);
  facts = severe();
  facts.has_fix = false;
  CHECK(rules.decide(facts, today).kind == Kind::warn);
  facts.severity = Severity::critical;
  CHECK(rules.decide(facts, today).kind == Kind::fail);
  facts = severe();
  facts.severity = Severity::medium;
  CHECK(rules.decide(facts, today).kind == Kind::warn);
  facts.severity.reset();
  CHECK(rules.decide(facts, today).kind == Kind::warn);
}

TEST_CASE("the first rule that fits decides, and malware fails behind all of them")
{
  PolicyRule ignore;
  ignore.package = {"mini*"};
  ignore.action = Kind::ignore;
  ignore.reason = "not reached";
  ignore.expires = "2026-12-31";
  PolicyRule fail;
  fail.severity = AtLeast::medium;
  RuleList rules({ignore, fail});
  PolicyFacts facts = severe();
  CHECK(rules.decide(facts, today).kind == Kind::ignore);
  facts.name = "other";
  CHECK(rules.decide(facts, today).kind == Kind::fail);
  facts.severity = Severity::low;
  CHECK(rules.decide(facts, today).kind == Kind::warn);
  facts.is_malware = true;
  CHECK(rules.decide(facts, today).kind == Kind::fail);
  // Past its last day a rule does not count.
  facts = severe();
  CHECK(rules.decide(facts, Date{2027, 1, 1}).kind == Kind::fail);
}

TEST_CASE("what softens has to name malware, or that it is exploited, to be about it")
{
  PolicyRule softer;
  softer.action = Kind::warn;
  PolicyRule ignore = softer;
  ignore.action = Kind::ignore;
  PolicyRule later;
  later.grace = 3650;
  for (const PolicyRule& rule : {softer, ignore, later}) {
    PolicyFacts facts = severe();
    RuleList rules({rule});
    CHECK(rules.decide(facts, today).kind != Kind::fail);
    facts.is_kev = true;
    const OwnRuling exploited = rules.decide(facts, today);
    CHECK(exploited.kind == Kind::fail);
    CHECK(exploited.whatever_severity);
    facts.is_malware = true;
    CHECK(rules.decide(facts, today).kind == Kind::fail);

    PolicyRule naming = rule;
    naming.malware = Wanted::yes;
    CHECK(RuleList({naming}).decide(facts, today).kind != Kind::fail);
    facts.is_malware = false;
    naming = rule;
    naming.kev = Wanted::yes;
    CHECK(RuleList({naming}).decide(facts, today).kind != Kind::fail);
  }
}

TEST_CASE("a rule that has expired, or ignores and covers nothing, is told")
{
  PolicyRule over;
  over.package = {"lodash"};
  over.reason = "legacy";
  over.expires = "2026-01-30";
  over.origin = "f:1:1";
  PolicyRule idle;
  idle.package = {"nothere"};
  idle.action = Kind::ignore;
  idle.reason = "not reached";
  idle.expires = "2027-01-30";
  idle.origin = "f:2:1";
  RuleList rules({over, idle});
  (void)rules.decide(severe(), today);
  CHECK(rules.notices(today)
        == std::vector<std::string>{"f:1:1: the rule for lodash expired on 2026-01-30 (reason given: legacy)",
                                    "f:2:1: the rule that ignores nothere covers nothing (reason given: not reached)"});
  PolicyFacts covered = severe();
  covered.name = "nothere";
  (void)rules.decide(covered, today);
  CHECK(rules.notices(today).size() == 1);
}

TEST_CASE("a grace warns until it is over")
{
  PolicyRule rule;
  rule.severity = AtLeast::high;
  rule.grace = 14;
  RuleList rules({rule});
  PolicyFacts facts = severe();
  CHECK(rules.decide(facts, today).kind == Kind::warn);
  CHECK(rules.decide(facts, today).reason.find("2026-12-04") != std::string::npos);
  CHECK(rules.decide(facts, Date{2026, 12, 4}).kind == Kind::fail);
  facts.published.reset();
  CHECK(rules.decide(facts, today).kind == Kind::fail);
}

TEST_CASE("each condition of a rule is asked")
{
  const auto fails = [](auto change, const PolicyFacts& facts) {
    PolicyRule rule;
    change(rule);
    return RuleList({rule}).decide(facts, today).kind == Kind::fail;
  };
  const PolicyFacts facts = severe();
  CHECK(fails([](PolicyRule& rule) { rule.cvss = 7.5; }, facts));
  CHECK(!fails([](PolicyRule& rule) { rule.cvss = 7.6; }, facts));
  CHECK(!fails([](PolicyRule& rule) { rule.epss = 0.1; }, facts));
  CHECK(!fails([](PolicyRule& rule) { rule.direct = Wanted::yes; }, facts));
  CHECK(fails([](PolicyRule& rule) { rule.direct = Wanted::no; }, facts));
  CHECK(!fails([](PolicyRule& rule) { rule.unscored = Wanted::yes; }, facts));
  CHECK(!fails([](PolicyRule& rule) { rule.fix = Wanted::no; }, facts));
  CHECK(!fails([](PolicyRule& rule) { rule.scope = {"dev"}; }, facts));
  CHECK(!fails([](PolicyRule& rule) { rule.ecosystem = {"PyPI"}; }, facts));
  CHECK(!fails([](PolicyRule& rule) { rule.path = {"api/**"}; }, facts));
  CHECK(fails([](PolicyRule& rule) { rule.path = {"web/**"}; }, facts));
}

TEST_CASE("an ignore covers every name, ends on its day, and is told if it is of no use")
{
  const std::vector<Ignore> entries{{"cve-2099-1", "", "", "not reached", "2026-11-26", "f:1:1"},
                                    {"CVE-2099-2", "", "", "waits", "2026-10-15", "f:2:1"},
                                    {"CVE-2099-3", "", "", "gone", "2027-01-01", "f:3:1"}};
  IgnoreList ignores(entries, today);
  CHECK(ignores.ruling({"GHSA-1", "CVE-2099-1"}, "x", "p")->kind == Kind::ignore);
  CHECK(!ignores.ruling({"CVE-2099-2"}, "x", "p"));
  const std::vector<std::string> notices = ignores.notices();
  REQUIRE(notices.size() == 2);
  CHECK(notices[0].find("expired on 2026-10-15") != std::string::npos);
  CHECK(notices[1].find("covers nothing") != std::string::npos);
}

TEST_CASE("whether a package can fail at all is told by its scope")
{
  RuleList rules({});
  PolicyFacts package;
  package.scope = Scope::dev;
  CHECK(!rules.can_fail(package));
  package.scope = Scope::runtime;
  CHECK(rules.can_fail(package));
  CHECK(rules.scopes_that_fail() == "peer, runtime");
}
