// SPDX-License-Identifier: Apache-2.0
#include "unit/finding/policy_case.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::test;

TEST_CASE("nothing found and nothing missed passes")
{
  const RawReport report = policy().judge(with({}));
  CHECK(report.verdict == Verdict::pass);
  CHECK(report.gaps.empty());
  CHECK(exit_status(report.verdict) == 0);
}

TEST_CASE("the threshold decides and drops nothing")
{
  Policy strict = policy();
  strict.fail_on = FailOn::high;
  const RawReport report = strict.judge(with({make(lint), make(leak)}));
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
  const RawReport report = remap.judge(with({make(leak)}));
  CHECK(report.judged[0].severity == Severity::info);
  CHECK(report.verdict == Verdict::pass);
}

TEST_CASE("a suppression counts through its last day, then the finding fails again")
{
  Policy allowing = policy();
  allowing.allow = {{.rule = "leak", .reason = "known", .expires = "2026-06-01", .origin = ".sluice.yml:3:5"}};
  const RawReport on_last_day = allowing.judge(with({make(leak)}));
  CHECK(on_last_day.judged[0].disposition == Disposition::suppressed);
  CHECK(on_last_day.judged[0].reason == "known (until 2026-06-01, .sluice.yml:3:5)");
  CHECK(on_last_day.verdict == Verdict::pass);

  allowing.today = {2026, 6, 2};
  const RawReport after = allowing.judge(with({make(leak)}));
  CHECK(after.verdict == Verdict::fail);
  CHECK(after.judged[0].reason == "the allow entry at .sluice.yml:3:5 expired on 2026-06-01");
}

TEST_CASE("a suppression that covers nothing is reported")
{
  Policy allowing = policy();
  allowing.allow = {{.rule = "other", .reason = "known", .expires = "2027-01-01", .origin = ".sluice.yml:3:5"}};
  const RawReport report = allowing.judge(with({make(leak)}));
  REQUIRE(report.notices.size() == 1);
  CHECK(report.notices[0] == ".sluice.yml:3:5: this allow entry covers nothing (reason given: known)");
}

TEST_CASE("an unused suppression is told by whom it concerns")
{
  Policy allowing = policy();
  allowing.own_rules = {"leak", "lint"};
  allowing.allow = {{.rule = "lint", .reason = "x", .expires = "2026-01-01", .origin = "f:1:1"},
                    {.rule = "drop-column", .reason = "y", .expires = "2027-01-01", .origin = "f:2:1"},
                    {.path = "docs/**", .reason = "z", .expires = "2027-01-01", .origin = "f:3:1"},
                    {.path = "a", .reason = "of use", .expires = "2027-01-01", .origin = "f:4:1"}};
  const RawReport report = allowing.judge(with({make(leak)}));
  CHECK(report.notices
        == std::vector<std::string>{"f:1:1: this allow entry covers nothing and has expired (reason given: x)"});
  CHECK(report.unused_allowances == std::vector<std::string>{"f:3:1"});
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

TEST_CASE("where only our own comments count, a peer's and one without a reason do not, and the finding says so")
{
  Policy some = policy();
  some.inline_comments = InlineComments::own;
  Finding finding = make(leak);
  finding.inline_allow = InlineAllow{"made up", {}};
  CHECK(some.judge(with({finding})).verdict == Verdict::pass);
  finding.inline_allow = InlineAllow{"", {}};
  CHECK(some.judge(with({finding})).verdict == Verdict::fail);
  finding.inline_allow = InlineAllow{"gitleaks:allow made up", {}, MarkOwner::peer};
  const RawReport report = some.judge(with({finding}));
  CHECK(report.verdict == Verdict::fail);
  CHECK(report.judged[0].reason
        == "the comment in the text does not count: only sluice:allow[RULE] with a reason does here");
  some.inline_comments = InlineComments::honour;
  CHECK(some.judge(with({finding})).verdict == Verdict::pass);
}

TEST_CASE("the baseline covers what was there before and nothing else")
{
  Policy based = policy();
  based.baseline = Baseline();
  based.baseline->add(make(leak, "a", "old"));
  const RawReport report = based.judge(with({make(leak, "a", "old"), make(leak, "b", "new")}));
  CHECK(report.judged[0].disposition == Disposition::baselined);
  CHECK(report.judged[1].disposition == Disposition::active);
}

TEST_CASE("a finding of the baseline that is at another path too is new there, and there alone")
{
  Policy based = policy();
  based.baseline = Baseline();
  based.baseline->add(make(leak, "a", "old"));
  Finding copied = make(leak, "a", "old");
  copied.excerpt = "T=x";
  copied.related = {{{.path = "b"}, PlaceRole::also, ""}, {{.path = "a"}, PlaceRole::cause, "brought by"}};
  RawReport report = based.judge(with({copied}));
  CHECK(report.verdict == Verdict::fail);
  CHECK(report.judged[0].finding.where.path == "b");
  CHECK(report.judged[0].finding.excerpt.empty());
  CHECK(report.judged[0].finding.related.size() == 1);
  CHECK(report.judged[0].reason == "the baseline has other places of it, and what is copied is new");

  Finding moved = make(leak, "b", "old");
  moved.moves = {{.from = "a", .to = "b"}};
  CHECK(based.judge(with({moved})).judged[0].disposition == Disposition::baselined);

  based.allow = {{.path = "b", .reason = "x", .expires = "2026-12-31", .origin = "f:1:1"}};
  CHECK(based.judge(with({copied})).judged[0].disposition == Disposition::baselined);
}

TEST_CASE("an entry is stale only if the whole was looked through for it")
{
  static constexpr RuleMeta ruled{.id = "leak", .severity = Severity::high, .tool = "secrets"};
  static constexpr RuleMeta foreign{.id = "lint", .severity = Severity::high, .tool = "migrations"};
  Policy based = policy();
  based.gate = "secrets";
  based.baseline_name = "b.json";
  based.baseline = Baseline();
  based.baseline->add(make(ruled, "a", "old"));
  based.baseline->add(make(foreign, "a", "old"));
  const auto notices = [&based](Findings findings) { return based.judge(std::move(findings)).notices; };
  Findings whole = with({});
  whole.extent = Extent::whole;
  CHECK(notices(with({})).empty());
  CHECK(notices(whole)
        == std::vector<std::string>{"b.json: 1 entry fits nothing any more: leak at a; --baseline-action update takes "
                                    "them out"});
  Findings found = whole;
  found.found = {make(ruled, "a", "old")};
  CHECK(notices(found).empty());
  Findings excluding = whole;
  excluding.excluded = {"a"};
  CHECK(notices(excluding).empty());
  Findings gapped = whole;
  gapped.gaps = {{GapKind::lfs, "x", "y", ""}};
  CHECK(notices(gapped).empty());
  based.off_rules = {"leak"};
  CHECK(notices(whole).empty());
}

TEST_CASE("a comment that counts says so of itself")
{
  Finding finding = make(leak);
  finding.inline_allow = InlineAllow{"made up", {}};
  CHECK(policy().judge(with({finding})).judged[0].finding.inline_allow->counts);
  CHECK(policy().suppresses(finding));
  Policy ignoring = policy();
  ignoring.inline_comments = InlineComments::ignore;
  CHECK_FALSE(ignoring.judge(with({finding})).judged[0].finding.inline_allow->counts);
  CHECK_FALSE(ignoring.suppresses(finding));
}

TEST_CASE("a gap makes a run incomplete unless it is accepted in time")
{
  Policy some = policy();
  const Gap gap{GapKind::submodule, "lib/x", "was not examined", ""};
  CHECK(some.judge(with({}, {gap})).verdict == Verdict::incomplete);
  CHECK(exit_status(Verdict::incomplete) == 3);
  some.accept_gaps = {accepted(GapKind::submodule, "lib/*")};
  CHECK(some.judge(with({}, {gap})).verdict == Verdict::pass);
  CHECK(some.judge(with({}, {gap})).notices.empty());
  CHECK(some.judge(with({}, {{GapKind::submodule, "vendor/x", "y", ""}})).verdict == Verdict::incomplete);
  CHECK(some.judge(with({}, {{GapKind::lfs, "lib/x", "y", ""}})).verdict == Verdict::incomplete);
  some.today = {2027, 1, 1};
  const RawReport late = some.judge(with({}, {gap}));
  CHECK(late.verdict == Verdict::incomplete);
  CHECK(late.gaps[0].reason == "the acceptance at f:1:1 expired on 2026-12-31");
}

TEST_CASE("a finding beats a gap")
{
  CHECK(policy().judge(with({make(leak)}, {{GapKind::lfs, "x", "y", ""}})).verdict == Verdict::fail);
}

TEST_CASE("a kind that is accepted whatever its subject is a notice each run, used or not")
{
  Policy some = policy();
  some.accept_gaps = {accepted(GapKind::lfs, "*")};
  const RawReport report = some.judge(with({}, {{GapKind::lfs, "x", "y", ""}}));
  CHECK(report.verdict == Verdict::pass);
  REQUIRE(report.notices.size() == 1);
  CHECK(report.notices[0] == "f:1:1: every gap of the kind lfs is accepted, whatever it is (reason given: elsewhere)");
  CHECK(some.judge(with({})).notices == report.notices);
}

TEST_CASE("what means that nothing was examined cannot be accepted, but for no input")
{
  for (std::size_t i = 0; i < EnumNames<GapKind>::names.size(); ++i) {
    const auto kind = static_cast<GapKind>(i);
    CAPTURE(name_of(kind));
    Policy some = policy();
    some.accept_gaps = {accepted(kind, "x*")};
    const bool is_accepted = some.judge(with({}, {{kind, "x", "y", ""}})).gaps.front().accepted;
    const bool is_refused = kind == GapKind::no_repository || kind == GapKind::no_range || kind == GapKind::no_reason;
    CHECK(is_accepted != is_refused);
  }
}

TEST_CASE("a gate that was asked for by name and finds nothing of its kind is incomplete")
{
  Findings none;
  none.absence = Absence{Absence::Kind::no_subject, "there is no lockfile"};
  Policy some = policy();
  const RawReport by_name = some.judge(none);
  CHECK(by_name.verdict == Verdict::incomplete);
  REQUIRE(by_name.gaps.size() == 1);
  CHECK(by_name.gaps[0].gap.kind == GapKind::no_input);
  CHECK(by_name.gaps[0].gap.why == "there is no lockfile");
  CHECK_FALSE(by_name.absence);

  some.asked = Asked::along;
  const RawReport along = some.judge(none);
  CHECK(along.verdict == Verdict::not_applicable);
  CHECK(along.gaps.empty());
  CHECK(along.absence->reason == "there is no lockfile");

  some.asked = Asked::by_name;
  some.accept_gaps = {accepted(GapKind::no_input, "the repository")};
  CHECK(some.judge(none).verdict == Verdict::pass);
}

TEST_CASE("a gate that has nothing to do passes and says so")
{
  Findings none;
  none.absence = Absence{Absence::Kind::nothing_to_do, "no commit is new"};
  const RawReport report = policy().judge(none);
  CHECK(report.verdict == Verdict::pass);
  CHECK(report.absence->reason == "no commit is new");
}

TEST_CASE("a gate that examined nothing and does not say why is incomplete")
{
  for (const Asked asked : {Asked::by_name, Asked::along}) {
    Policy some = policy();
    some.asked = asked;
    some.accept_gaps = {accepted(GapKind::no_reason, "*")};
    const RawReport report = some.judge({});
    CHECK(report.verdict == Verdict::incomplete);
    REQUIRE(report.gaps.size() == 1);
    CHECK(report.gaps[0].gap.kind == GapKind::no_reason);
    CHECK_FALSE(report.gaps[0].accepted);
  }
}

TEST_CASE("a finding that is not sure enough never fails, and says why")
{
  Policy some = policy();
  some.min_confidence = Confidence::medium;
  Finding unsure = make(leak);
  unsure.confidence = Confidence::low;
  const RawReport report = some.judge(with({unsure}));
  CHECK(report.verdict == Verdict::pass);
  CHECK(report.judged[0].disposition == Disposition::below_threshold);
  CHECK(report.judged[0].reason == "confidence low is below medium");
  unsure.confidence = Confidence::medium;
  CHECK(some.judge(with({unsure})).verdict == Verdict::fail);
  some.min_confidence = Confidence::high;
  CHECK(some.judge(with({make(leak)})).verdict == Verdict::pass);
}

TEST_CASE("the gate's own severity beats the rule's, and the policy's beats both")
{
  Finding finding = make(lint);
  finding.severity = Severity::critical;
  Policy some = policy();
  some.fail_on = FailOn::high;
  CHECK(some.judge(with({finding})).judged[0].severity == Severity::critical);
  CHECK(some.judge(with({finding})).verdict == Verdict::fail);
  some.severity["lint"] = Severity::low;
  CHECK(some.judge(with({finding})).judged[0].severity == Severity::low);
  CHECK(some.judge(with({finding})).verdict == Verdict::pass);
}

TEST_CASE("what the gate says beside its findings comes through")
{
  Findings findings = with({});
  findings.notices = {"the data is of yesterday"};
  findings.sections = {{"Stages", "", Table{}}};
  const RawReport report = policy().judge(std::move(findings));
  CHECK(report.notices == std::vector<std::string>{"the data is of yesterday"});
  CHECK(report.sections.front().title == "Stages");
  CHECK(report.coverage.scope == "all");
}

TEST_CASE("the order does not depend on the order of arrival")
{
  const std::vector<Finding> some{make(lint, "b"), make(leak, "z"), make(leak, "a"), make(lint, "a")};
  std::vector<Finding> reversed(some.rbegin(), some.rend());
  const RawReport one = policy().judge(with(some));
  const RawReport two = policy().judge(with(reversed));
  for (std::size_t i = 0; i < some.size(); ++i) {
    CHECK(one.judged[i].finding.where.path == two.judged[i].finding.where.path);
    CHECK(one.judged[i].finding.rule == two.judged[i].finding.rule);
  }
  CHECK(one.judged[0].finding.where.path == "a");
}
