// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "output/report_parts.hpp"
#include "output/sink.hpp"
#include "unit/output/canonical_report.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

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
  const auto reports = parse_reports(json, "in.json");
  if (reports) {
    return "";
  }
  CHECK(reports.error().kind == ErrorKind::input);
  return reports.error().message;
}

/// The canonical JSON with one value replaced.
std::string
with(std::string_view pointer, const nlohmann::json& value)
{
  auto document = nlohmann::json::parse(json_of(test::canonical_reports()));
  document[nlohmann::json::json_pointer(std::string(pointer))] = value;
  return document.dump();
}

void
check_round_trip(const std::vector<Report>& reports)
{
  const auto read = parse_reports(json_of(reports), "in.json");
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
  check_round_trip({Report::of_failure("deps", {ErrorKind::unavailable, "x"}), test::clean_report()});
  check_round_trip({});
  for (const std::string& payload : test::hostile_payloads()) {
    CAPTURE(payload.substr(0, 60));
    check_round_trip({test::hostile_report(payload), test::hostile_failure(payload)});
  }
}

TEST_CASE("Paths that are not UTF-8 come back byte for byte")
{
  const std::vector reports{test::report_with({test::active_finding(Severity::high, "a\xff\xc0/b")})};
  const auto read = parse_reports(json_of(reports), "in.json");
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
  const auto read = parse_reports(json_of({report}), "in.json");
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
    const auto read = parse_reports(json_of(test::canonical_reports()), "in.json");
    REQUIRE(read);
    copies = *read;
  }
  CHECK(copies[0].rules[0]->tags[1] == "vcs");
  CHECK(copies[0].judged[0].finding.rule->id == "example-token");
}

TEST_CASE("The schema has a version, and others are refused by name")
{
  CHECK(json_of({}).starts_with("{\n  \"schema\": \"sluice.report/2\",\n  \"reports\": []\n}"));
  CHECK(error_of(with("/schema", "sluice.report/1"))
        == "in.json: schema sluice.report/1 is not known to this version, which reads sluice.report/2");
  CHECK(error_of("{}") == "in.json: not a Sluice report: no \"schema\": \"sluice.report/2\"");
  CHECK(error_of("[1]").starts_with("in.json: not a Sluice report"));
  CHECK(error_of("{").starts_with("in.json: not JSON: "));
  CHECK(error_of("").starts_with("in.json: not JSON: "));
}

TEST_CASE("Wrong fields are refused with their place")
{
  CHECK(error_of(with("/reports/0/findings/1/severity", "severe"))
        == "in.json: reports[0].findings[1].severity: expected one of info, low, medium, high, critical, not severe");
  CHECK(error_of(with("/reports/1/coverage/counts/0/value", -1))
            .starts_with("in.json: reports[1].coverage.counts[0].value: expected a whole number"));
  CHECK(error_of(with("/reports/0/findings/0/where/begin/line", 1ULL << 32U))
            .starts_with("in.json: reports[0].findings[0].where.begin.line: "));
  CHECK(error_of(with("/reports/0/gaps/0", nullptr)) == "in.json: reports[0].gaps[0].kind: is missing");
  CHECK(error_of(with("/reports/0/notices", "x")) == "in.json: reports[0].notices: expected a list");
  CHECK(error_of(with("/reports/0/gaps/0/accepted", 1))
        == "in.json: reports[0].gaps[0].accepted: expected true or false");
  CHECK(error_of(with("/reports/0/findings/0/message", {{"base64", "!"}}))
        == "in.json: reports[0].findings[0].message: expected a text");
  CHECK(error_of(with("/reports", 1)) == "in.json: reports: expected a list");
}

TEST_CASE("What becomes part of commands must have its form")
{
  CHECK(error_of(with("/reports/0/tool", "x y")).starts_with("in.json: reports[0].tool: expected lower-case"));
  CHECK(error_of(with("/reports/0/rules/0/id", "a,b")).starts_with("in.json: reports[0].rules[0].id: "));
  CHECK(error_of(with("/reports/0/findings/0/rule", "nobody"))
        == "in.json: reports[0].findings[0].rule: no rule of this id is in the report");
  CHECK(error_of(with("/reports/0/findings/0/fingerprint", "abc"))
            .starts_with("in.json: reports[0].findings[0].fingerprint: expected 64"));
}

TEST_CASE("A verdict that the report itself contradicts is refused")
{
  CHECK(error_of(with("/reports/0/verdict", "pass"))
        == "in.json: reports[0].verdict: is pass, but what the report holds makes it fail");
  Report report = test::clean_report();
  report.gaps = {{{GapKind::lfs, "x", "y", ""}, false, ""}};
  CHECK(error_of(json_of({report})).ends_with("makes it incomplete"));
}

TEST_CASE("Nesting is bounded before anything is parsed")
{
  CHECK(nests_deeper_than("[[[", 2));
  CHECK_FALSE(nests_deeper_than("[][][]{}", 1));
  CHECK_FALSE(nests_deeper_than(R"(["[[[\"[[[{{{"])", 1));
  CHECK(error_of(std::string(1'000'000, '[')).starts_with("in.json: not a Sluice report: nested"));
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
