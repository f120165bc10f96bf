// SPDX-License-Identifier: Apache-2.0
#include "finding/policy.hpp"

#include <doctest/doctest.h>

using namespace sluice;

namespace {

constexpr RuleMeta leak{.id = "leak", .severity = Severity::high};
constexpr RuleMeta lint{.id = "lint", .severity = Severity::medium};

Finding
make(const RuleMeta& rule, std::string path = "a", std::string fingerprint = "f")
{
  Finding finding;
  finding.rule = &rule;
  finding.where = {.path = std::move(path), .begin = {1, 1}};
  finding.fingerprint = {std::move(fingerprint)};
  return finding;
}

Findings
with(std::vector<Finding> found, std::vector<Gap> gaps = {})
{
  return {std::move(found), std::move(gaps), {}};
}

Policy
policy()
{
  Policy policy;
  policy.today = {2026, 6, 1};
  return policy;
}

}  // namespace

TEST_CASE("nothing found and nothing missed passes")
{
  const Report report = policy().judge({});
  CHECK(report.verdict == Verdict::pass);
  CHECK(exit_status(report.verdict) == 0);
}

TEST_CASE("the threshold decides and drops nothing")
{
  Policy strict = policy();
  strict.fail_on = FailOn::high;
  const Report report = strict.judge(with({make(lint), make(leak)}));
  REQUIRE(report.judged.size() == 2);
  CHECK(report.judged[0].disposition == Disposition::active);
  CHECK(report.judged[0].finding.rule == &leak);
  CHECK(report.judged[1].disposition == Disposition::below_threshold);
  CHECK(report.judged[1].reason == "medium is below high");
  CHECK(report.verdict == Verdict::fail);
  CHECK(exit_status(report.verdict) == 1);
}

TEST_CASE("fail-on none never fails")
{
  Policy lax = policy();
  lax.fail_on = FailOn::none;
  CHECK(lax.judge(with({make(leak)})).verdict == Verdict::pass);
}

TEST_CASE("a remapped severity counts instead of the rule's")
{
  Policy remap = policy();
  remap.severity["leak"] = Severity::info;
  const Report report = remap.judge(with({make(leak)}));
  CHECK(report.judged[0].severity == Severity::info);
  CHECK(report.verdict == Verdict::pass);
}

TEST_CASE("a suppression counts through its last day, then the finding fails again")
{
  Policy allowing = policy();
  allowing.allow = {{.rule = "leak", .reason = "known", .expires = "2026-06-01", .origin = ".sluice.yml:3:5"}};
  const Report on_last_day = allowing.judge(with({make(leak)}));
  CHECK(on_last_day.judged[0].disposition == Disposition::suppressed);
  CHECK(on_last_day.judged[0].reason == "known (until 2026-06-01, .sluice.yml:3:5)");
  CHECK(on_last_day.verdict == Verdict::pass);

  allowing.today = {2026, 6, 2};
  const Report after = allowing.judge(with({make(leak)}));
  CHECK(after.verdict == Verdict::fail);
  CHECK(after.judged[0].reason == "the allow entry at .sluice.yml:3:5 expired on 2026-06-01");
}

TEST_CASE("a suppression that covers nothing is reported")
{
  Policy allowing = policy();
  allowing.allow = {{.rule = "other", .reason = "known", .expires = "2027-01-01", .origin = ".sluice.yml:3:5"}};
  const Report report = allowing.judge(with({make(leak)}));
  REQUIRE(report.notices.size() == 1);
  CHECK(report.notices[0] == ".sluice.yml:3:5: this allow entry covers nothing (reason given: known)");
}

TEST_CASE("an inline comment counts unless the policy ignores comments")
{
  Finding finding = make(leak);
  finding.inline_allow = InlineAllow{"made up", {}};
  Policy some = policy();
  CHECK(some.judge(with({finding})).judged[0].reason == "comment in the text: made up");
  some.inline_comments = InlineComments::ignore;
  CHECK(some.judge(with({finding})).verdict == Verdict::fail);
}

TEST_CASE("the baseline covers what was there before and nothing else")
{
  Policy based = policy();
  based.baseline = Baseline();
  based.baseline->add(make(leak, "a", "old"));
  const Report report = based.judge(with({make(leak, "a", "old"), make(leak, "b", "new")}));
  CHECK(report.judged[0].disposition == Disposition::baselined);
  CHECK(report.judged[1].disposition == Disposition::active);
}

TEST_CASE("a gap makes a run incomplete unless it is accepted in time")
{
  Policy some = policy();
  const Gap gap{"submodule lib/x", "was not examined", ""};
  CHECK(some.judge(with({}, {gap})).verdict == Verdict::incomplete);
  CHECK(exit_status(Verdict::incomplete) == 3);
  some.accept_gaps = {{.subject = "submodule *", .reason = "elsewhere", .expires = "2026-12-31", .origin = "f:1:1"}};
  CHECK(some.judge(with({}, {gap})).verdict == Verdict::pass);
  some.today = {2027, 1, 1};
  const Report late = some.judge(with({}, {gap}));
  CHECK(late.verdict == Verdict::incomplete);
  CHECK(late.gaps[0].reason == "the acceptance at f:1:1 expired on 2026-12-31");
}

TEST_CASE("a finding beats a gap")
{
  CHECK(policy().judge(with({make(leak)}, {{"x", "y", ""}})).verdict == Verdict::fail);
}

TEST_CASE("the order does not depend on the order of arrival")
{
  const std::vector<Finding> some{make(lint, "b"), make(leak, "z"), make(leak, "a"), make(lint, "a")};
  std::vector<Finding> reversed(some.rbegin(), some.rend());
  const Report one = policy().judge(with(some));
  const Report two = policy().judge(with(reversed));
  for (std::size_t i = 0; i < some.size(); ++i) {
    CHECK(one.judged[i].finding.where.path == two.judged[i].finding.where.path);
    CHECK(one.judged[i].finding.rule == two.judged[i].finding.rule);
  }
  CHECK(one.judged[0].finding.where.path == "a");
}
