// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "output/sink.hpp"
#include "output/text_page.hpp"
#include "unit/output/canonical_report.hpp"

#include <doctest/doctest.h>

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

std::string
last_line(const std::string& text)
{
  return std::string(lines_of(text).back());
}

}  // namespace

TEST_CASE("Words wrap at the width, and a long one has its own line")
{
  CHECK(wrap("aa bb cc", 5, 8) == std::vector<std::string>{"aa bb", "cc"});
  CHECK(wrap("aa bbbbbbbbbb cc", 4, 4) == std::vector<std::string>{"aa", "bbbbbbbbbb", "cc"});
  CHECK(wrap("", 4, 4) == std::vector<std::string>{""});
}

TEST_CASE("A finding says what, where, how to fix and how to allow it")
{
  const std::string text = text_of({test::report_with({test::active_finding(Severity::high, "src/a.ts", 7)})});
  CHECK(text.starts_with("high[example-token]: Token in src/a.ts\n"));
  CHECK(has(text, "--> src/a.ts:7:1\n"));
  CHECK(has(text, "= fix    Revoke it.\n"));
  CHECK(has(text, "`sluice:allow[example-token] REASON`"));
  CHECK(has(text, "fingerprint\n    |        "));
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
  CHECK(has(quiet, "not examined: shallow clone"));
  CHECK_FALSE(has(quiet, "accepted gap:"));
  CHECK_FALSE(has(quiet, "\nnotice: "));
  CHECK_FALSE(has(quiet, "range  "));
  const std::string normal = text_of(reports);
  CHECK(has(normal, "accepted gap:"));
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

TEST_CASE("Prose fits into the width of the terminal")
{
  for (const unsigned width : {60U, 100U, 160U}) {
    const std::string text = text_of(test::canonical_reports(), {.width = width});
    for (const std::string_view line : lines_of(text)) {
      CAPTURE(line);
      const bool is_verdict =
          line.starts_with("FAIL") || has(line, "-->") || has(line, "  fail  ") || line.ends_with(" s");
      CHECK((is_verdict || display_width(line) <= width));
    }
  }
}

}  // namespace sluice::output
