// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "output/sink.hpp"
#include "support/plain_redactor.hpp"
#include "unit/output/canonical_report.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

namespace sluice::output {

namespace {

constexpr std::size_t budget = 900 * 1024;

std::string
summary_of(const std::vector<Report>& reports)
{
  return find_sink("summary")->render(reports, {});
}

bool
has(std::string_view text, std::string_view part)
{
  return text.find(part) != std::string_view::npos;
}

std::size_t
finding_rows(std::string_view text)
{
  const auto lines = lines_of(text);
  return static_cast<std::size_t>(
      std::count_if(lines.begin(), lines.end(), [](std::string_view line) { return line.starts_with("| high |"); }));
}

Report
report_of(std::size_t findings, const std::string& message)
{
  std::vector<Judged> judged;
  for (std::size_t i = 0; i < findings; ++i) {
    judged.push_back(test::active_finding(Severity::high, fmt::format("f{}", i)));
    judged.back().finding.message = message;
  }
  return test::report_with(std::move(judged));
}

}  // namespace

TEST_CASE("The summary starts with the verdict and says what was examined and why")
{
  const std::string text = summary_of(test::canonical_reports());
  CHECK(text.starts_with("## ❌ Sluice: fail\n\n**3 critical, 1 high, 1 medium, 1 gap**"));
  CHECK(has(text, "<code>1a2b3c4d..5e6f7a8b</code> (pull request 12"));
  CHECK(has(text, "Fetch the whole history"));
  CHECK(has(text, "<pre><code>sluice-secrets --base 1a2b3c4d --head 5e6f7a8b</code></pre>"));
  CHECK(summary_of({test::clean_report()}).starts_with("## ✅ Sluice: pass"));
  CHECK(has(summary_of({}), "nothing was examined"));
}

TEST_CASE("Every verdict has its line, and what could not run its message")
{
  CHECK(summary_of({test::failure_report("deps", {ErrorKind::config, "odd\n| value"})})
            .starts_with("## ❌ Sluice: unable\n"));
  CHECK(summary_of({test::failure_report("deps", {ErrorKind::unavailable, "x"})})
            .starts_with("## ⚠ Sluice: unavailable\n"));
  const std::string failed =
      summary_of({test::clean_report(), test::failure_report("deps", {ErrorKind::config, "odd\n| value"})});
  CHECK(has(failed, "| <code>deps</code> | ❌ unable | did not finish |"));
  CHECK(has(failed, "### Did not finish\n\n- <code>sluice-deps</code> is unable: odd<br>&#124; value\n"));
  Report none = test::report_with({});
  none.absence = Absence{Absence::Kind::no_subject, "nothing there"};
  none.verdict = Verdict::not_applicable;
  CHECK(summary_of({none}).starts_with("## ➖ Sluice: not applicable\n\n**nothing to examine**"));
  const std::string beside = summary_of({test::clean_report(), none});
  CHECK(beside.starts_with("## ✅ Sluice: pass"));
  CHECK(has(beside, "| ➖ not applicable | nothing there |"));
}

TEST_CASE("The summary tells subject, names, relations, kinds of gaps and sections")
{
  const std::string text = summary_of(test::canonical_reports());
  CHECK(has(text, "<br><code>pkg:npm/left-pad&#64;1.3.0</code>"));
  CHECK(has(text, "<a href=\"https://nvd.nist.gov/vuln/detail/CVE-2026-12345\">CVE-2026-12345</a>"));
  CHECK(has(text, "<br>because of <a href="));
  CHECK(has(text, "| shallow | shallow clone |"));
  CHECK(has(text, "### Paths\n\n<p>How a vulnerable package gets in</p>\n\n```mermaid\nflowchart TD\n"));
  CHECK(has(text, "```mermaid\ngantt\n"));
  CHECK(has(text, "| Lockfile | Packages |\n|---|---|\n"));
}

TEST_CASE("Fifty findings are in the table, the rest is folded")
{
  CHECK_FALSE(has(summary_of({report_of(50, "x")}), "<details>"));
  const std::string text = summary_of({report_of(120, "x")});
  CHECK(has(text, "<details><summary>70 more findings</summary>\n\n| Severity |"));
  CHECK(finding_rows(text) == 120);
  CHECK_FALSE(has(text, "did not fit"));
}

TEST_CASE("Whole rows are left out beyond the budget, and the summary says how many")
{
  const std::string text = summary_of({report_of(20'000, "a message of some length, as they have")});
  CHECK(text.size() <= budget);
  CHECK(text.size() > budget * 9 / 10);
  const std::size_t shown = finding_rows(text);
  CHECK(has(text, with_thousands(20'000 - shown) + " more did not fit"));
  CHECK(has(text, "\n</details>\n"));
}

TEST_CASE("No texts, however long and however escaped, exceed the budget")
{
  for (const std::string_view unit : {"|", "\x1b", "\u202e", "@a"}) {
    std::string payload;
    while (payload.size() < 2'000) {
      payload += unit;
    }
    Report report = test::hostile_report(payload, 40);
    for (int i = 0; i < 80; ++i) {
      report.gaps.push_back(report.gaps.front());
      report.notices.push_back(payload);
      report.sections.push_back(report.sections[static_cast<std::size_t>(i) % 3]);
    }
    report.fail_with({ErrorKind::input, payload});
    report.context.repository_url = "https://example.org/a";
    report.context.head = std::string(40, 'a');
    std::vector<Report> reports(60, report);
    for (std::size_t i = 0; i < reports.size(); ++i) {
      reports[i].context.reproduce += fmt::format("{}", i);
    }
    CAPTURE(unit);
    CHECK(summary_of(reports).size() <= budget);
  }
}

TEST_CASE("Untrusted text stays in its cell")
{
  const std::string text = summary_of({report_of(1, "a|b\n| c | `d|e` </td>")});
  const auto lines = lines_of(text);
  const auto row =
      std::find_if(lines.begin(), lines.end(), [](std::string_view line) { return line.starts_with("| high |"); });
  REQUIRE(row != lines.end());
  CHECK(std::count(row->begin(), row->end(), '|') == 6);
  CHECK_FALSE(has(*row, "</td>"));
}

}  // namespace sluice::output
