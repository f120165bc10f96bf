// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "output/sink.hpp"
#include "output/text_page.hpp"
#include "support/plain_redactor.hpp"
#include "unit/output/canonical_report.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

namespace sluice::output {

namespace {

std::string
text_of(const std::vector<Report>& reports, const RenderOptions& options = {})
{
  return find_sink("text")->render(reports, options);
}

bool
has(std::string_view text, std::string_view part)
{
  return text.find(part) != std::string_view::npos;
}

std::size_t
count(std::string_view text, std::string_view part)
{
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) {
    ++found;
  }
  return found;
}

std::vector<Judged>
many(Severity severity, std::size_t number)
{
  std::vector<Judged> judged;
  for (std::size_t i = 0; i < number; ++i) {
    judged.push_back(test::active_finding(severity, fmt::format("f{:03}", i)));
  }
  return judged;
}

std::string
last_line(const std::string& text)
{
  return std::string(lines_of(text).back());
}

}  // namespace

TEST_CASE("A finding says what, where, how to fix and how to allow it")
{
  const std::string text = text_of({test::report_with({test::active_finding(Severity::high, "src/a.ts", 7)})});
  CHECK(text.starts_with(
      "high[example-token]: Token in src/a.ts\n   --> src/a.ts:7:1\n    |\n    = fix    Revoke it.\n"));
  CHECK(has(text, "`sluice:allow[example-token] REASON`"));
  CHECK(has(text, "`sluice:allow-next-line[example-token]"));
  CHECK_FALSE(has(text, "confidence"));
}

TEST_CASE("Findings of one rule are one group with ten places, one fix and a count of the rest")
{
  const Report report = test::report_with(many(Severity::high, 736));
  const std::string text = text_of({report});
  CHECK(lines_of(text).size() < 60);
  CHECK(text.starts_with("high[example-token]: Token of the example service (736 findings)\n   --> f000:1:1 ("));
  CHECK(count(text, "-->") == 10);
  CHECK(count(text, "= fix    Revoke it.") == 1);
  CHECK(count(text, "= allow") == 1);
  CHECK(has(text, "\n    ... and 726 more (--verbose lists all)\n"));
  CHECK(has(text, "the fingerprint in"));
  CHECK(has(text, "\n  736  high      example-token\n"));
  const std::string verbose = text_of({report}, {.verbose = true});
  CHECK(count(verbose, "-->") == 736);
  CHECK_FALSE(has(verbose, "more (--verbose"));
}

TEST_CASE("What the findings of a group have in common is said once, what differs at its place")
{
  std::vector<Judged> judged = many(Severity::high, 2);
  judged.push_back(test::active_finding(Severity::low, "z"));
  for (std::size_t i = 0; i < judged.size(); ++i) {
    judged[i].finding.message = "A token";
    judged[i].finding.facts = {{"a", "author", "Ada"}, {"n", "number", fmt::format("{}", i)}};
    judged[i].finding.excerpt = "key = x";
  }
  const std::string text = text_of({test::report_with(judged)});
  CHECK(text.starts_with("high[example-token]: A token (3 findings)\n"));
  CHECK(count(text, "A token") == 1);
  CHECK(count(text, "= author  Ada") == 1);
  CHECK(count(text, "= number") == 3);
  CHECK(count(text, "^^^") == 3);
  CHECK(has(text, "--> z:1:1 [low] ("));
}

TEST_CASE("Findings of one line with one fix are one place with a message each")
{
  std::vector<Judged> judged = many(Severity::high, 3);
  for (std::size_t i = 0; i < judged.size(); ++i) {
    Finding& finding = judged[i].finding;
    finding.where.path = i == 1 ? "other.lock" : "app.lock";
    finding.message = fmt::format("left 1.0.0 has CVE-2026-{}", i);
    finding.excerpt.clear();
    finding.help = "Update left to 1.0.1";
    finding.facts = {{"p", "", "left"}, {"f", "fixed in", "1.0.1"}, {"n", "number", fmt::format("{}", i)}};
    finding.fingerprint.hex = fmt::format("{:064x}", i + 1);
  }
  const std::string text = text_of({test::report_with(judged)});
  CHECK(count(text, "--> app.lock") == 1);
  CHECK(has(text, "    | left 1.0.0 has CVE-2026-0 (0000000000000000)\n"
                  "    | left 1.0.0 has CVE-2026-2 (0000000000000000)\n"));
  CHECK(text.find("--> other.lock") > text.find("CVE-2026-2"));
  CHECK(count(text, "= number") == 1);  // of the finding that is alone at its place
  CHECK(count(text, "= fix ") == 1);
  CHECK(!has(text, "left\n"));
  CHECK(count(text_of({test::report_with(judged)}, {.verbose = true}), "--> app.lock") == 2);
}

TEST_CASE("A warning is one line, however long it is")
{
  std::vector<Judged> judged = many(Severity::high, 1);
  judged.front().disposition = Disposition::warned;
  judged.front().finding.message = std::string(300, 'm');
  const std::string text = text_of({test::report_with(judged)});
  CHECK(has(text, "warning: "));
  CHECK(has(text, "m…\n\n"));
}

TEST_CASE("The tally has a row for each severity of a rule")
{
  std::vector<Judged> judged = many(Severity::critical, 4);
  for (Judged& each : many(Severity::low, 12)) {
    judged.push_back(each);
  }
  const std::string text = text_of({test::report_with(judged)});
  CHECK(has(text, "\n   4  critical  example-token\n  12  low       example-token\n"));
}

TEST_CASE("A finding tells its subject, names, relations and a confidence that is not high")
{
  const std::string text = text_of(test::canonical_reports());
  CHECK(has(text, "= known as    CVE-2026-12345, GHSA-aaaa-bbbb-cccc, CWE-78, PYSEC-2026-1\n"));
  const std::string verbose = text_of(test::canonical_reports(), {.verbose = true});
  CHECK(has(verbose, "= about       pkg:npm/left-pad@1.3.0\n"));
  CHECK(has(verbose, "= known as    CVE-2026-12345 https://nvd.nist.gov/vuln/detail/CVE-2026-12345\n"));
  CHECK(has(text, "= because of  package.json:14:5: web-kit asks for it\n"));
  CHECK(has(text, "= confidence   medium\n"));
}

TEST_CASE("Gaps of one kind are one group")
{
  Report report = test::clean_report();
  report.verdict = Verdict::incomplete;
  for (int i = 0; i < 30; ++i) {
    report.gaps.push_back(
        {{GapKind::unparsable, fmt::format("f{:02}.sql", i), "it is not SQL", "Mend the file"}, false, ""});
  }
  report.gaps.push_back({{GapKind::lfs, "a.bin", "it is kept elsewhere", "Fetch it"}, false, ""});
  const std::string text = text_of({report});
  CHECK(has(text, "not examined [unparsable]: 30 gaps: it is not SQL\n   --> f00.sql\n"));
  CHECK(has(text, "   --> f09.sql\n    ... and 20 more (--verbose lists all)\n    = fix  Mend the file\n"));
  CHECK(has(text, "not examined [lfs]: a.bin: it is kept elsewhere\n    = fix  Fetch it\n"));
  CHECK(count(text_of({report}, {.verbose = true}), "   --> f") == 30);
}

TEST_CASE("A gate that could not run is never a pass")
{
  const std::vector reports{test::clean_report(),
                            test::failure_report("deps", {ErrorKind::config, ".sluice.yml: odd\nvery"})};
  const std::string text = text_of(reports);
  CHECK(has(text, "\nunable: sluice-deps: .sluice.yml: odd\n    | very\n"));
  CHECK(has(text, "\n  deps     unable     0.00 s  .sluice.yml: odd\n"));
  CHECK(last_line(text) == "UNABLE: sluice-deps did not finish | 1 file, 3 statements | 1 min 5 s");
  CHECK(last_line(text_of({test::failure_report("deps", {ErrorKind::unavailable, "x"})}))
        == "UNAVAILABLE: sluice-deps did not finish | nothing | 0.00 s");
  Report both = test::report_with({test::active_finding(Severity::high, "a")});
  both.fail_with({ErrorKind::unavailable, "x"});
  CHECK(last_line(text_of({both})) == "FAIL: sluice-secrets did not finish; 1 high | nothing | 0.00 s");
}

TEST_CASE("What does not apply is a state of its own and says why")
{
  Report none = test::report_with({});
  none.tool = "env";
  none.absence = Absence{Absence::Kind::no_subject, "no file declares variables"};
  none.verdict = Verdict::not_applicable;
  CHECK(last_line(text_of({none})) == "NOT APPLICABLE: nothing of its kind to examine | nothing | 0.00 s");
  CHECK(has(text_of({none}), " skipped  not applicable: no file declares variables\n"));
  none.context.range = "whole history";
  none.context.reproduce = "sluice-env --repo x";
  CHECK_FALSE(has(text_of({none}), "whole history"));
  CHECK_FALSE(has(text_of({none}), "repeat"));
  const std::string text = text_of({test::clean_report(), none});
  CHECK(has(text, "\n  env      not applicable     0.00 s  no file declares variables\n"));
  CHECK(last_line(text).starts_with("PASS: no findings"));
}

TEST_CASE("Sections are told when all is asked for")
{
  const auto reports = test::canonical_reports();
  CHECK_FALSE(has(text_of(reports), "section: "));
  const std::string text = text_of(reports, {.verbose = true});
  CHECK(has(text,
            "section: Paths\n    | How a vulnerable package gets in\n    | - shop\n    |   - web-kit 4.0.0 [warning]\n"
            "    |     - requires ^1 -> left-pad <1.3.0> [bad]\n"
            "    |       - peer -> web-kit 4.0.0 [warning] (see above)\n"));
  CHECK(has(text, "    | Lockfile                Packages\n    | package-lock.json       1,204\n"));
  CHECK(has(text, "    | 2026-11-18 11:06:40 UTC, 1 d  bad  token in src/config.ts\n"));
}

TEST_CASE("A finding in history cannot be allowed by a comment")
{
  Judged judged = test::active_finding(Severity::high, "a");
  judged.finding.where.commit = std::string(40, 'c');
  const std::string text = text_of({test::report_with({judged})});
  CHECK(has(text, "--> a:1:1 in commit cccccccccccc\n"));
  CHECK_FALSE(has(text, "sluice:allow["));
  CHECK(has(text, "= allow  fingerprint"));
}

TEST_CASE("The last line says verdict, counts, coverage and time")
{
  CHECK(last_line(text_of({test::clean_report()})) == "PASS: no findings | 1 file, 3 statements | 1 min 5 s");
  Report incomplete = test::clean_report();
  incomplete.verdict = Verdict::incomplete;
  incomplete.gaps = {{{GapKind::lfs, "x", "y", ""}, false, ""}};
  CHECK(last_line(text_of({incomplete})) == "INCOMPLETE: no findings, 1 gap | 1 file, 3 statements | 1 min 5 s");
  CHECK(last_line(text_of({})) == "INCOMPLETE: no findings | nothing | 0.00 s");
}

TEST_CASE("Quiet leaves findings, open gaps and the last line; verbose adds what passed")
{
  const auto reports = test::canonical_reports();
  const std::string quiet = text_of(reports, {.quiet = true});
  CHECK(has(quiet, "not examined [shallow]: shallow clone"));
  CHECK_FALSE(has(quiet, "accepted gap ["));
  CHECK_FALSE(has(quiet, "\nnotice: "));
  CHECK_FALSE(has(quiet, "range  "));
  const std::string normal = text_of(reports);
  CHECK(has(normal, "accepted gap [missing-object]: "));
  CHECK(has(normal, "\nnotice: "));
  CHECK(has(normal, "range  1a2b3c4d..5e6f7a8b (pull request 12"));
  CHECK_FALSE(has(normal, "baselined["));
  const std::string verbose = text_of(reports, {.verbose = true});
  CHECK(has(verbose, "baselined[example-token]"));
  CHECK(has(verbose, "= why       comment in the text: made up for a test"));
}

TEST_CASE("Colour is only there when it is asked for")
{
  const auto reports = test::canonical_reports();
  CHECK_FALSE(has(text_of(reports), "\x1b"));
  CHECK(has(text_of(reports, {.colour = Colour::on}), "\x1b[1;31mcritical\x1b[0m"));
}

TEST_CASE("No line is wider than the terminal, from 40 columns on, unless a word is")
{
  std::vector<Report> reports = test::canonical_reports();
  reports.push_back(
      test::failure_report("promote", {ErrorKind::config, "a sentence that is longer than forty columns are"}));
  reports.push_back(test::report_with(many(Severity::high, 30)));
  for (unsigned width = 40; width <= 160; width += 5) {
    const std::string text = text_of(reports, {.verbose = true, .width = width});
    for (const std::string_view line : lines_of(text)) {
      CAPTURE(width);
      CAPTURE(line);
      const auto words = split(line, ' ');
      std::size_t longest = 0;
      for (const std::string_view word : words) {
        longest = std::max(longest, display_width(word));
      }
      // A name of a path, a URL or a command with what stands before it; "--> a b.sql:3:1" is one word for us.
      const bool is_word = longest + 20 > width || has(line, "add index.sql");
      CHECK((is_word || display_width(line) <= width));
    }
  }
}

}  // namespace sluice::output
