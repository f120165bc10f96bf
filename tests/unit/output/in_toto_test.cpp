// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"
#include "base/text.hpp"
#include "output/sink.hpp"
#include "support/plain_redactor.hpp"
#include "unit/output/canonical_report.hpp"

#include <doctest/doctest.h>

namespace sluice::output {

namespace {

Json
statement_of(const Report& report)
{
  const std::string text = find_sink("in-toto")->render(std::span(&report, 1), {});
  CHECK(lines_of(text).size() == 1);
  return Json::parse(text).value();
}

Report
with(Report report, Verdict verdict, std::string head)
{
  report.verdict = verdict;
  report.context.head = std::move(head);
  return report;
}

}  // namespace

TEST_CASE("a statement is about the commit that was judged, or about itself if there was none")
{
  const std::string head(40, 'c');
  const Json of_commit = statement_of(with(test::clean_report(), Verdict::pass, head));
  CHECK(of_commit["subject"][0]["digest"]["gitCommit"] == Json(head));
  CHECK(of_commit["predicate"]["sluice"]["head"] == Json(head));
  const Json of_nothing = statement_of(with(test::clean_report(), Verdict::pass, ""));
  CHECK(of_nothing["subject"][0]["digest"]["gitCommit"].is_null());
  CHECK(of_nothing["subject"][0]["digest"]["sha256"].text()->size() == 64);
}

TEST_CASE("only a pass has passed")
{
  struct Case
  {
    Verdict verdict;
    std::string_view result;
  };
  for (const Case& each :
       {Case{Verdict::pass, "PASSED"}, Case{Verdict::not_applicable, "WARNED"}, Case{Verdict::incomplete, "FAILED"},
        Case{Verdict::unavailable, "FAILED"}, Case{Verdict::fail, "FAILED"}, Case{Verdict::unable, "FAILED"}}) {
    CAPTURE(each.result);
    const Json statement = statement_of(with(test::clean_report(), each.verdict, std::string(40, 'c')));
    CHECK(statement["predicate"]["result"] == Json(each.result));
    CHECK(statement["predicate"]["sluice"]["verdict"] == Json(name_of(each.verdict)));
  }
  Report warned = test::report_with({test::active_finding(Severity::low, "a")});
  warned.judged.front().disposition = Disposition::warned;
  CHECK(statement_of(with(warned, Verdict::pass, "c"))["predicate"]["result"] == Json("WARNED"));
}

TEST_CASE("what decides whether a report is enough survives the JSON form")
{
  Report report = test::clean_report();
  report.context.breadth = Breadth::range;
  report.context.bases = {std::string(40, 'a'), std::string(40, 'b')};
  CHECK(statement_of(report)["predicate"]["sluice"]["bases"].size() == 2);
  const std::string json = find_sink("json")->render(std::span(&report, 1), {});
  const auto read = parse_reports(json, "x", test::plain()).value();
  CHECK(read.front().context.breadth == Breadth::range);
  CHECK(read.front().context.bases == report.context.bases);
  Json older = Json::parse(json).value();
  Json& context = older.at("reports").at(std::size_t{0}).at("context");
  Json without = Json::object();
  for (const Json::Member& member : context.members()) {
    if (member.key != "breadth" && member.key != "bases") {
      without.at(member.key) = member.value;
    }
  }
  context = without;
  CHECK(parse_reports(older.dump(), "x", test::plain()).value().front().context.breadth == Breadth::part);
}

}  // namespace sluice::output
