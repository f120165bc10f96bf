// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"
#include "base/text.hpp"
#include "output/report_parts.hpp"
#include "output/sink.hpp"
#include "support/plain_redactor.hpp"
#include "unit/output/canonical_report.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace sluice::output {

namespace {

std::string
json_of(const std::vector<Report>& reports)
{
  return find_sink("json")->render(reports, {.rule_texts = RuleTexts::all});
}

std::string
error_of(std::string_view json)
{
  const auto reports = parse_reports(json, "in.json", test::plain());
  if (reports) {
    return "";
  }
  CHECK(reports.error().kind == ErrorKind::input);
  return reports.error().message;
}

/// The canonical JSON with the value at "reports/0/tool" replaced.
std::string
with(std::string_view place, const Json& value)
{
  Json document = Json::parse(json_of(test::canonical_reports())).value();
  Json* at = &document;
  for (const std::string_view step : split(place, '/')) {
    const bool is_index = step.find_first_not_of("0123456789") == std::string_view::npos;
    at = is_index ? &at->at(std::stoul(std::string(step))) : &at->at(step);
  }
  *at = value;
  return document.dump();
}

void
check_round_trip(const std::vector<Report>& reports)
{
  const auto read = parse_reports(json_of(reports), "in.json", test::plain());
  REQUIRE(read);
  constexpr RenderOptions verbose{.verbose = true, .rule_texts = RuleTexts::all};
  for (const Sink& sink : sinks()) {
    CAPTURE(sink.name);
    CHECK(sink.render(*read, verbose) == sink.render(reports, verbose));
  }
}

}  // namespace

TEST_CASE("A report that was read back renders the same in every sink")
{
  check_round_trip(test::canonical_reports());
  check_round_trip({test::clean_report()});
  check_round_trip({test::failure_report("deps", {ErrorKind::unavailable, "x"}), test::clean_report()});
  check_round_trip({});
  for (const std::string& payload : test::hostile_payloads()) {
    CAPTURE(payload.substr(0, 60));
    check_round_trip({test::hostile_report(payload), test::hostile_failure(payload)});
  }
}

TEST_CASE("Paths that are not UTF-8 come back byte for byte")
{
  const std::vector reports{test::report_with({test::active_finding(Severity::high, "a\xff\xc0/b")})};
  const auto read = parse_reports(json_of(reports), "in.json", test::plain());
  REQUIRE(read);
  CHECK(read->front().judged.front().finding.where.path == "a\xff\xc0/b");
}

TEST_CASE("Times keep their fraction, rules that no report lists are kept, and so is a finding without a rule")
{
  Report report =
      test::report_with({test::active_finding(Severity::high, "a"), test::active_finding(Severity::low, "b")});
  report.rules.clear();
  report.judged[1].finding.rule = nullptr;
  report.started = std::chrono::system_clock::time_point(std::chrono::nanoseconds(1'795'233'906'000'000'042));
  check_round_trip({report});
  const auto read = parse_reports(json_of({report}), "in.json", test::plain());
  REQUIRE(read);
  CHECK(read->front().started == report.started);
  CHECK(read->front().rules.empty());
  CHECK(read->front().judged[0].finding.rule->title == "Token of the example service");
  CHECK(read->front().judged[1].finding.rule == nullptr);
}

TEST_CASE("A report outlives the copy that it was read into")
{
  std::vector<Report> copies;
  {
    const auto read = parse_reports(json_of(test::canonical_reports()), "in.json", test::plain());
    REQUIRE(read);
    copies = *read;
  }
  CHECK(copies[0].rules[0]->tags[1] == "vcs");
  CHECK(copies[0].judged[0].finding.rule->id == "example-token");
}

TEST_CASE("The schema has a version, and others are refused by name")
{
  CHECK(json_of({}).starts_with("{\n  \"schema\": \"sluice.report/3\",\n  \"reports\": []\n}"));
  CHECK(error_of(with("schema", "sluice.report/1"))
        == "in.json: schema sluice.report/1 is not known to this version, which reads sluice.report/3");
  CHECK(error_of("{}") == "in.json: not a Sluice report: no \"schema\": \"sluice.report/3\"");
  CHECK(error_of("[1]").starts_with("in.json: not a Sluice report"));
  CHECK(error_of("{") == "in.json: not JSON (line 1, column 2)");
  CHECK(error_of("") == "in.json: not JSON (line 1, column 1)");
}

TEST_CASE("Wrong fields are refused with their place")
{
  CHECK(error_of(with("reports/0/findings/1/severity", "severe"))
        == "in.json: reports[0].findings[1].severity: expected one of info, low, medium, high, critical, not severe");
  CHECK(error_of(with("reports/1/coverage/counts/0/value", -1))
            .starts_with("in.json: reports[1].coverage.counts[0].value: expected a whole number"));
  CHECK(error_of(with("reports/0/findings/0/where/begin/line", 1ULL << 32U))
            .starts_with("in.json: reports[0].findings[0].where.begin.line: "));
  CHECK(error_of(with("reports/0/gaps/0", nullptr)) == "in.json: reports[0].gaps[0].kind: is missing");
  CHECK(error_of(with("reports/0/notices", "x")) == "in.json: reports[0].notices: expected a list");
  CHECK(error_of(with("reports/0/gaps/0/accepted", 1))
        == "in.json: reports[0].gaps[0].accepted: expected true or false");
  CHECK(error_of(with("reports/0/findings/0/message", {{"base64", "!"}}))
        == "in.json: reports[0].findings[0].message: expected a text");
  CHECK(error_of(with("reports", 1)) == "in.json: reports: expected a list");
}

TEST_CASE("What becomes part of commands must have its form")
{
  CHECK(error_of(with("reports/0/tool", "x y")).starts_with("in.json: reports[0].tool: expected lower-case"));
  CHECK(error_of(with("reports/0/rules/0/id", "a,b")).starts_with("in.json: reports[0].rules[0].id: "));
  CHECK(error_of(with("reports/0/findings/0/rule", "nobody"))
        == "in.json: reports[0].findings[0].rule: no rule of this id is in the report");
  CHECK(error_of(with("reports/0/findings/0/fingerprint", "abc"))
            .starts_with("in.json: reports[0].findings[0].fingerprint: expected 64"));
}

TEST_CASE("A verdict that the report itself contradicts is refused")
{
  CHECK(error_of(with("reports/0/verdict", "pass"))
        == "in.json: reports[0].verdict: is pass, but what the report holds makes it fail");
  Report report = test::clean_report();
  report.gaps = {{{GapKind::lfs, "x", "y", ""}, false, ""}};
  CHECK(error_of(json_of({report})).ends_with("makes it incomplete"));
}

TEST_CASE("A pass of a gate that examined nothing and does not say why is refused")
{
  Report report = test::clean_report();
  report.coverage.counts.clear();
  CHECK(error_of(json_of({report}))
        == "in.json: reports[0].coverage.counts: nothing was examined, and the report does not say why");
  report.absence = Absence{Absence::Kind::nothing_to_do, "the push brings no commits"};
  CHECK(parse_reports(json_of({report}), "in.json", test::plain()));
}

TEST_CASE("Nesting is bounded")
{
  CHECK(error_of(std::string(1'000'000, '[')) == "in.json: nested more than 16 levels deep");
}

TEST_CASE("Every part of the new vocabulary comes back as it was")
{
  const auto read = parse_reports(json_of(test::canonical_reports()), "in.json", test::plain());
  REQUIRE(read);
  const Report& secrets = read->at(0);
  CHECK(secrets.scan == ScanType::secret_detection);
  CHECK(secrets.judged[0].finding.facts[1].key == "first-commit");
  CHECK(secrets.gaps[0].gap.kind == GapKind::shallow);
  CHECK(secrets.rules[1]->state == RuleState::preview);
  CHECK(secrets.rules[0]->doc.references[1] == "https://www.rfc-editor.org/rfc/rfc6750");
  CHECK(secrets.rules[0]->doc.known_problems == "Tokens in images are not read.");
  const auto& timeline = std::get<Timeline>(secrets.sections.at(0).content);
  CHECK(timeline.events[0].mark == Standing::bad);
  CHECK(timeline.events[0].end - timeline.events[0].begin == std::chrono::hours(24));

  const Report& deps = read->at(2);
  const Finding& flaw = deps.judged[0].finding;
  CHECK(flaw.subject == "pkg:npm/left-pad@1.3.0");
  CHECK(flaw.severity == Severity::critical);
  CHECK(flaw.identifiers[1].name == "GHSA-aaaa-bbbb-cccc");
  CHECK(flaw.related[1].role == PlaceRole::fix);
  CHECK(flaw.related[0].note == "web-kit asks for it");
  CHECK(deps.judged[1].finding.confidence == Confidence::low);
  CHECK(std::get<Table>(deps.sections.at(0).content).rows[1][1] == "<b>1</b>");
  const auto& graph = std::get<Graph>(deps.sections.at(1).content);
  CHECK(graph.edges[2].from == 2);
  CHECK(graph.edges[1].label == "requires ^1");
  CHECK(read->at(3).absence->kind == Absence::Kind::no_subject);
  CHECK(read->at(3).verdict == Verdict::not_applicable);
}

TEST_CASE("A failure comes back, with what was found before it")
{
  Report report = test::report_with({test::active_finding(Severity::high, "a")});
  report.unused_allowances = {".sluice.yml:3:5"};
  report.fail_with({ErrorKind::config, "no such stage"});
  const auto read = parse_reports(json_of({report}), "in.json", test::plain());
  REQUIRE(read);
  CHECK(read->front().verdict == Verdict::unable);
  CHECK(read->front().failure->message == "no such stage");
  CHECK(read->front().judged.size() == 1);
  CHECK(read->front().unused_allowances == report.unused_allowances);
}

TEST_CASE("Only rules that fired bring their texts along, unless all are asked for")
{
  std::deque<OwnedRule> many;
  Report report = test::report_with({test::active_finding(Severity::high, "a")});
  for (int i = 0; i < 177; ++i) {
    OwnedRule& rule = many.emplace_back();
    rule.id = fmt::format("a-rule-with-a-name-{}", i);
    rule.title = "A rule";
    rule.what = std::string(2000, 'x');
    rule.bind();
    report.rules.push_back(&rule.meta);
  }
  Report clean = report;
  clean.judged.clear();
  clean.verdict = Verdict::pass;
  CHECK(find_sink("json")->render(std::vector{clean}, {}).size() < 10'000);

  const auto read = parse_reports(find_sink("json")->render(std::vector{report}, {}), "in.json", test::plain());
  REQUIRE(read);
  REQUIRE(read->front().rules.size() == 178);
  CHECK(read->front().rules[0]->doc.why == "Whoever holds one acts as its owner.");
  CHECK(read->front().rules[177]->id == "a-rule-with-a-name-176");
  CHECK(read->front().rules[177]->tool == "secrets");
  CHECK(read->front().rules[177]->doc.what.empty());
  CHECK(parse_reports(json_of({report}), "in.json", test::plain())->front().rules[177]->doc.what.size() == 2000);
}

TEST_CASE("A timeline of any time can be read back")
{
  Report report = test::clean_report();
  const auto at = [](std::int64_t seconds) { return std::chrono::sys_seconds(std::chrono::seconds(seconds)); };
  report.sections = {{"Times", "", Timeline{{{at(-5'000'000'000), at(500'000'000'000), "x", Standing::plain}}}}};
  const auto read = parse_reports(json_of({report}), "in.json", test::plain());
  REQUIRE(read);
  CHECK(std::get<Timeline>(read->front().sections[0].content).events[0].begin == at(0));
}

TEST_CASE("A timeline of any time is told by every sink")
{
  Report report = test::clean_report();
  const std::chrono::sys_seconds last{std::chrono::seconds(std::int64_t{1} << 56U)};
  const std::chrono::sys_seconds first = -last.time_since_epoch() + std::chrono::sys_seconds();
  report.sections = {{"Times", "", Timeline{{{first, last, "span", Standing::bad}, {last, last, "x", Standing::bad}}}}};
  for (const std::string_view sink : {"text", "summary", "html"}) {
    const std::string text = find_sink(sink)->render(std::vector{report}, {.verbose = true});
    CAPTURE(sink);
    CHECK(text.find("0000-01-01") != std::string::npos);
    CHECK(text.find("9999-12-31") != std::string::npos);
  }
}

TEST_CASE("Sections that do not add up are refused")
{
  CHECK(error_of(with("reports/2/sections/0/table/rows/0", Json::array({"one"})))
        == "in.json: reports[2].sections[0].table.rows: expected as many cells in every row as there are columns");
  CHECK(error_of(with("reports/2/sections/1/graph/edges/0/to", 3))
        == "in.json: reports[2].sections[1].graph.edges[0].to: expected a whole number from 0 to 2");
  CHECK(error_of(with("reports/2/sections/1/graph/nodes", Json::array()))
            .starts_with("in.json: reports[2].sections[1].graph.edges[0]."));
  CHECK(error_of(with("reports/0/sections/0/timeline/events/0/end", "1999-01-01T00:00:00Z"))
        == "in.json: reports[0].sections[0].timeline.events[0].end: is before the begin");
  CHECK(error_of(with("reports/0/sections/0", {{"title", "t"}, {"note", "n"}}))
        == "in.json: reports[0].sections[0].timeline: is missing");
}

TEST_CASE("What a failure makes of a report must fit its verdict")
{
  CHECK(error_of(with("reports/0/failure", {{"verdict", "fail"}, {"message", "x"}}))
        == "in.json: reports[0].failure.verdict: expected unable or unavailable");
  CHECK(error_of(with("reports/0/failure", {{"verdict", "unable"}, {"message", "x"}})).ends_with("makes it unable"));
  CHECK(error_of(with("reports/3/absence", nullptr))
            .ends_with("is not-applicable, but what the report holds makes it "
                       "pass"));
}

TEST_CASE("Times are read as they are written, and only so")
{
  CHECK(parse_time("1970-01-01T00:00:01Z") == std::chrono::system_clock::time_point(std::chrono::seconds(1)));
  CHECK(parse_time("1970-01-01T00:00:00.000000500Z")
        == std::chrono::system_clock::time_point(std::chrono::nanoseconds(500)));
  for (const std::string_view wrong :
       {"", "1970-01-01", "1970-02-30T00:00:00Z", "1970-01-01T24:00:00Z", "1970-01-01T00:00:00", "1970-01-01 00:00:00Z",
        "9999-01-01T00:00:00Z", "1970-01-01T00:00:00.5Z", "1970-01-01T-1:00:00Z"}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_time(wrong));
  }
}

}  // namespace sluice::output
