// SPDX-License-Identifier: Apache-2.0
#include "finding/report.hpp"
#include "support/plain_redactor.hpp"

#include <doctest/doctest.h>

using namespace sluice;

namespace {

Judged
judged_as(Disposition disposition)
{
  Judged judged;
  judged.disposition = disposition;
  return judged;
}

}  // namespace

TEST_CASE("a gate that could not run has a report that says so")
{
  const RawReport unable = RawReport::of_failure("secrets", {ErrorKind::input, "x: cannot open"});
  CHECK(unable.tool == "secrets");
  CHECK(unable.verdict == Verdict::unable);
  REQUIRE(unable.failure);
  CHECK(unable.failure->message == "x: cannot open");
  CHECK(RawReport::of_failure("deps", {ErrorKind::unavailable, "x"}).verdict == Verdict::unavailable);
}

TEST_CASE("a gate that fails on its way keeps what it found")
{
  RawReport report;
  report.judged = {judged_as(Disposition::active)};
  report.verdict = verdict_of(report);
  CHECK(report.verdict == Verdict::fail);
  report.fail_with({ErrorKind::unavailable, "the ledger cannot be reached"});
  CHECK(report.verdict == Verdict::fail);
  CHECK(report.failure->verdict == Verdict::unavailable);
  report.fail_with({ErrorKind::config, "no such stage"});
  CHECK(report.verdict == Verdict::unable);
  CHECK(report.judged.size() == 1);
}

TEST_CASE("the verdict of a report is that of the gravest thing in it")
{
  RawReport report;
  CHECK(verdict_of(report) == Verdict::pass);
  report.absence = Absence{Absence::Kind::no_subject, "no lockfile"};
  CHECK(verdict_of(report) == Verdict::not_applicable);
  report.absence->kind = Absence::Kind::nothing_to_do;
  CHECK(verdict_of(report) == Verdict::pass);
  report.judged = {judged_as(Disposition::suppressed), judged_as(Disposition::baselined),
                   judged_as(Disposition::below_threshold)};
  report.gaps = {{{GapKind::lfs, "a", "b", ""}, true, ""}};
  CHECK(verdict_of(report) == Verdict::pass);
  report.gaps.front().accepted = false;
  CHECK(verdict_of(report) == Verdict::incomplete);
  report.judged.push_back(judged_as(Disposition::active));
  CHECK(verdict_of(report) == Verdict::fail);
}

TEST_CASE("reports merge by their verdicts")
{
  const Report pass = test::shown({});
  Report absent = pass;
  absent.verdict = Verdict::not_applicable;
  const Report unable = test::failure_report("secrets", {ErrorKind::input, "x"});
  CHECK(merged_verdict(std::vector{pass, absent}) == Verdict::pass);
  CHECK(merged_verdict(std::vector{absent, absent}) == Verdict::not_applicable);
  CHECK(merged_verdict(std::vector{pass, unable}) == Verdict::unable);
  CHECK(merged_verdict({}) == Verdict::incomplete);
}

TEST_CASE("an allowance is unused if no gate has use for it")
{
  Report one = test::shown({});
  one.unused_allowances = {"f:1:1", "f:2:1"};
  Report other = test::shown({});
  other.unused_allowances = {"f:2:1", "f:3:1"};
  CHECK(unused_allowances(std::vector{one, other}) == std::vector<std::string>{"f:2:1"});
  CHECK(unused_allowances(std::vector{one}) == one.unused_allowances);
  CHECK(unused_allowances(std::vector{one, test::failure_report("deps", {ErrorKind::input, "x"})}).empty());
  CHECK(unused_allowances({}).empty());
}

TEST_CASE("every text of a rule that was read goes through the redactor")
{
  class Masking final : public Redactor
  {
  public:
    using Redactor::redacted;
    [[nodiscard]] std::string
    redacted(std::string_view text, TextKind /*kind*/, Span& /*piece*/) const override
    {
      return text == "hunter2" ? "…" : std::string(text);
    }
  };
  const std::string secret = "hunter2";
  RawReport raw;
  raw.owned_rules = std::make_shared<std::deque<OwnedRule>>();
  OwnedRule& rule = raw.owned_rules->emplace_back();
  rule.id = rule.title = rule.since = rule.tool = secret;
  rule.what = rule.why = rule.instead = rule.known_problems = secret;
  rule.references = rule.tags = {secret};
  rule.bind();
  raw.rules = {&rule.meta};
  const Report report(std::move(raw), Masking());
  const RuleMeta& meta = *report.rules.front();
  for (const std::string_view text : {meta.id, meta.title, meta.since, meta.tool, meta.doc.what, meta.doc.why,
                                      meta.doc.instead, meta.doc.known_problems, meta.tags[0]}) {
    CHECK(text == "…");
  }
  CHECK(meta.doc.references[0] == "…");
}

TEST_CASE("a rule that was read stands on its own texts")
{
  OwnedRule rule;
  rule.id = "a-rule";
  rule.title = "A rule";
  rule.since = "0.2.0";
  rule.tool = "secrets";
  rule.what = "what";
  rule.why = "why";
  rule.instead = "instead";
  rule.known_problems = "problems";
  rule.references = {"https://example.org/1", "https://example.org/2"};
  rule.tags = {"x", "y"};
  rule.meta.severity = Severity::high;
  rule.bind();
  CHECK(rule.meta.id.data() == rule.id.data());
  CHECK(rule.meta.doc.known_problems.data() == rule.known_problems.data());
  REQUIRE(rule.meta.doc.references.size() == 2);
  CHECK(rule.meta.doc.references[1].data() == rule.references[1].data());
  REQUIRE(rule.meta.tags.size() == 2);
  CHECK(rule.meta.tags[1] == "y");
  CHECK(rule.meta.tool == "secrets");
  CHECK(rule.meta.severity == Severity::high);
  CHECK(markdown_of(rule.meta.doc)
        == "## What it does\n\nwhat\n\n## Why\n\nwhy\n\n## Instead\n\ninstead\n\n## Known problems\n\nproblems\n\n"
           "## References\n\n- <https://example.org/1>\n- <https://example.org/2>\n");
}
