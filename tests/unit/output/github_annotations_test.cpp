// SPDX-License-Identifier: Apache-2.0
#include "output/sink.hpp"
#include "support/plain_redactor.hpp"
#include "unit/output/canonical_report.hpp"
#include "unit/output/runner_grammar.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

namespace sluice::output {

namespace {

std::vector<test::RunnerCommand>
annotations(const std::vector<Report>& reports)
{
  return test::github_commands(find_sink("github")->render(reports, {}));
}

std::vector<Judged>
many(Severity severity, std::size_t count)
{
  std::vector<Judged> judged;
  for (std::size_t i = 0; i < count; ++i) {
    judged.push_back(test::active_finding(severity, fmt::format("f{:03}", i)));
  }
  return judged;
}

}  // namespace

TEST_CASE("Severities become the three kinds")
{
  const auto found = annotations(
      {test::report_with({test::active_finding(Severity::critical, "a"), test::active_finding(Severity::high, "b"),
                          test::active_finding(Severity::medium, "c"), test::active_finding(Severity::low, "d"),
                          test::active_finding(Severity::info, "e")})});
  REQUIRE(found.size() == 5);
  CHECK(found[0].name == "error");
  CHECK(found[1].name == "error");
  CHECK(found[2].name == "warning");
  CHECK(found[3].name == "notice");
  CHECK(found[4].name == "notice");
}

TEST_CASE("Only active findings and open gaps are annotated")
{
  const auto found = annotations(test::canonical_reports());
  CHECK(found.size() == 10);  // three of them further places
  CHECK(std::count_if(found.begin(), found.end(),
                      [](const auto& command) { return command.properties.at("title") == "Incomplete"; })
        == 1);
}

TEST_CASE("Columns are told only of a range within one line, and no end precedes its begin")
{
  Judged one_line = test::active_finding(Severity::high, "a", 3);
  Judged backwards = test::active_finding(Severity::high, "b", 3);
  backwards.finding.where.end = {2, 0};
  Judged several = test::active_finding(Severity::high, "c", 3);
  several.finding.where.end = {5, 2};
  Judged file_only = test::active_finding(Severity::high, "d", 0);
  Judged nowhere = test::active_finding(Severity::high, "", 3);
  const auto found = annotations({test::report_with({one_line, backwards, several, file_only, nowhere})});
  using Properties = std::map<std::string, std::string>;
  const std::string title = "high: example-token";
  CHECK(found[0].properties
        == Properties{
            {"file", "a"}, {"line", "3"}, {"endline", "3"}, {"col", "1"}, {"endcolumn", "4"}, {"title", title}});
  CHECK(found[1].properties.at("endline") == "3");
  CHECK(found[1].properties.at("endcolumn") == "1");
  CHECK(found[2].properties == Properties{{"file", "c"}, {"line", "3"}, {"endline", "5"}, {"title", title}});
  CHECK(found[3].properties == Properties{{"file", "d"}, {"title", title}});
  CHECK(found[4].properties == Properties{{"title", title}});
}

TEST_CASE("Ten of a kind are shown, the last says how many more there are")
{
  CHECK(annotations({test::report_with(many(Severity::high, 10))}).size() == 10);
  const auto found = annotations({test::report_with(many(Severity::high, 25))});
  REQUIRE(found.size() == 10);
  CHECK(found[8].properties.at("file") == "f008");
  CHECK(found[9].data.starts_with("and 16 more"));
}

TEST_CASE("Ten of a kind are ten of all reports together, the worst first")
{
  std::vector<Judged> low = many(Severity::high, 9);
  const auto found = annotations({test::report_with(std::move(low)),
                                  test::report_with({test::active_finding(Severity::critical, "worst")}),
                                  test::report_with(many(Severity::medium, 11))});
  REQUIRE(found.size() == 20);
  CHECK(found[0].properties.at("file") == "worst");
  CHECK(found[19].data.starts_with("and 2 more"));
}

TEST_CASE("A gap keeps a place among many errors")
{
  Report report = test::report_with(many(Severity::high, 30));
  report.gaps = {{{GapKind::shallow, "shallow clone", "no parents", "fetch more"}, false, ""},
                 {{GapKind::lfs, "other", "x", ""}, false, ""}};
  const auto found = annotations({report});
  REQUIRE(found.size() == 10);
  CHECK(found[8].properties.at("title") == "Incomplete");
  CHECK(found[8].data == "Not examined [shallow]: shallow clone: no parents\nFix: fetch more");
  CHECK(found[9].data.starts_with("and 23 more"));
}

TEST_CASE("A gate that could not run is an error before all others, one without a subject is nothing")
{
  Report none = test::report_with({});
  none.absence = Absence{Absence::Kind::no_subject, "nothing there"};
  none.verdict = Verdict::not_applicable;
  CHECK(annotations({none}).empty());
  const auto found = annotations({none, test::report_with(many(Severity::high, 30)),
                                  test::failure_report("deps", {ErrorKind::unavailable, "advisories: no route"})});
  REQUIRE(found.size() == 10);
  CHECK(found[0].name == "error");
  CHECK(found[0].properties.at("title") == "sluice-deps is unavailable");
  CHECK(found[0].data == "advisories: no route");
  CHECK(found[1].properties.at("file") == "f000");
  CHECK(found[9].data.starts_with("and 22 more"));
  const std::vector<Report> failed(12, test::failure_report("deps", {ErrorKind::input, "x"}));
  CHECK(annotations(failed).size() == 10);
}

TEST_CASE("Many failures leave a place for findings and for gaps")
{
  std::vector<Report> reports(12, test::failure_report("deps", {ErrorKind::input, "x"}));
  reports.push_back(test::report_with({test::active_finding(Severity::high, "a")}));
  reports.back().gaps = {{{GapKind::lfs, "y", "z", ""}, false, ""}};
  const auto found = annotations(reports);
  REQUIRE(found.size() == 10);
  CHECK(found[7].properties.at("file") == "a");
  CHECK(found[8].properties.at("title") == "Incomplete");
  CHECK(found[9].data.starts_with("and 5 more"));
}

TEST_CASE("Further primary places have annotations where there is room")
{
  Judged judged = test::active_finding(Severity::high, "a");
  for (int i = 0; i < 4; ++i) {
    judged.finding.related.push_back({{fmt::format("p{}", i), {2, 1}, {2, 3}, ""}, PlaceRole::primary, ""});
  }
  judged.finding.related.push_back({{"why", {3, 1}, {3, 2}, ""}, PlaceRole::cause, "it asks"});
  std::vector<Judged> all = many(Severity::high, 6);
  all.insert(all.begin(), judged);
  const auto some = annotations({test::report_with(all)});
  REQUIRE(some.size() == 10);
  CHECK(some[0].data.find("\nbecause of why:3:1: it asks") != std::string::npos);
  CHECK(some[7].properties.at("file") == "p0");
  CHECK(some[9].properties.at("file") == "p2");
  all = many(Severity::high, 20);
  all.insert(all.begin(), judged);
  const auto full = annotations({test::report_with(all)});
  CHECK(std::none_of(full.begin(), full.end(), [](const auto& command) {
    return command.properties.count("file") == 1 && command.properties.at("file").starts_with("p");
  }));
}

TEST_CASE("A place that would have to change has an annotation behind the primary ones, where there is room")
{
  Judged judged = test::active_finding(Severity::high, "package-lock.json");
  judged.finding.related = {{{"package.json", {3, 0}, {3, 0}, ""}, PlaceRole::fix, ""},
                            {{"yarn.lock", {2, 1}, {2, 3}, ""}, PlaceRole::primary, ""}};
  const auto found = annotations({test::report_with({judged})});
  REQUIRE(found.size() == 3);
  CHECK(found[1].properties.at("file") == "yarn.lock");
  CHECK(found[2].properties.at("file") == "package.json");
  CHECK(found[2].properties.at("line") == "3");
  std::vector<Judged> all = many(Severity::high, 9);
  all.push_back(judged);
  CHECK(annotations({test::report_with(all)}).size() == 10);
}

TEST_CASE("A path with an equals sign stays exact for GitHub")
{
  const auto found = annotations({test::report_with({test::active_finding(Severity::high, "routes/[a=b],c:d%.ts")})});
  CHECK(found[0].properties.at("file") == "routes/[a=b],c:d%.ts");
}

TEST_CASE("Messages fit into what the runner keeps")
{
  Judged judged = test::active_finding(Severity::high, "a");
  judged.finding.message = std::string(50'000, '%');
  judged.finding.help = std::string(50'000, '\n');
  const std::string text = find_sink("github")->render(std::vector{test::report_with({judged})}, {});
  CHECK(text.size() - text.find("::", 2) - 3 <= 4096);
}

}  // namespace sluice::output
