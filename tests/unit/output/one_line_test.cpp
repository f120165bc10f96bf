// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "output/sink.hpp"
#include "support/plain_redactor.hpp"
#include "unit/output/canonical_report.hpp"

#include <doctest/doctest.h>

#include <regex>

namespace sluice::output {

namespace {

std::string
lines_for(const std::vector<Report>& reports)
{
  return find_sink("oneline")->render(reports, {});
}

}  // namespace

TEST_CASE("A finding, a gap and a failure are a line each")
{
  Judged nowhere = test::active_finding(Severity::low, "");
  nowhere.finding.where = {"", {}, {}, std::string(40, 'c')};
  nowhere.finding.message = "In a message";
  Report report = test::report_with({test::active_finding(Severity::high, "src/a.ts", 7), nowhere});
  report.gaps = {{{GapKind::unparsable, "db/3.sql:12", "it is not SQL\nat all", "Mend it"}, false, ""},
                 {{GapKind::lfs, "a", "b", ""}, true, "not ours"}};
  CHECK(lines_for({report, test::failure_report("deps", {ErrorKind::unavailable, "advisories: no route\nto host"})})
        == "src/a.ts:7:1: high example-token: Token in src/a.ts\n"
           "commit cccccccccccc: low example-token: In a message\n"
           "db/3.sql:12: gap unparsable: it is not SQL\\x0aat all\n"
           "sluice-deps: unavailable: advisories: no route\\x0ato host\n");
}

TEST_CASE("What passed and what does not apply has no line")
{
  Judged suppressed = test::active_finding(Severity::high, "a");
  suppressed.disposition = Disposition::suppressed;
  Report report = test::report_with({suppressed});
  report.absence = Absence{Absence::Kind::no_subject, "nothing there"};
  CHECK(lines_for({report}).empty());
  CHECK(lines_for({}).empty());
}

TEST_CASE("No path or subject looks like an entry of its own")
{
  Judged judged = test::active_finding(Severity::low, "ok.ts:1:1: critical other-rule: x\nb.ts:2:2: high r: y");
  Report report = test::report_with({judged});
  report.gaps = {{{GapKind::lfs, "a.ts:1:1: critical example-token: x", "y", ""}, false, ""}};
  const std::string text = lines_for({report});
  const auto lines = lines_of(text);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].starts_with("ok.ts:1:1\\x3a critical other-rule\\x3a x\\x0ab.ts:2:2\\x3a high r\\x3a y:1:1: low "));
  CHECK(lines[1] == "a.ts:1:1\\x3a critical example-token\\x3a x: gap lfs: y");
}

TEST_CASE("However hostile the texts are, each entry stays one line of the grammar")
{
  const std::regex grammar(R"(((?!: ).)+: (gap [a-z-]+|unable|(critical|high|medium|low|info) [a-z-]+): .*)");
  for (const std::string& payload : test::hostile_payloads()) {
    if (payload.size() > 1000) {
      continue;  // std::regex recurses per character
    }
    const std::string text = lines_for({test::hostile_report(payload), test::hostile_failure(payload)});
    const auto lines = lines_of(text);
    CAPTURE(payload);
    CHECK(lines.size() == 5);
    for (const std::string_view line : lines) {
      CAPTURE(line);
      CHECK(std::regex_match(std::string(line), grammar));
    }
  }
}

}  // namespace sluice::output
