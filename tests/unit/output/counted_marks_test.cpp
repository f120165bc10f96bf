// SPDX-License-Identifier: Apache-2.0
#include "output/counted_marks.hpp"
#include "output/sink.hpp"
#include "unit/output/canonical_report.hpp"

#include <doctest/doctest.h>

using namespace sluice;

namespace {

Judged
marked(const std::string& path, std::string reason, MarkOwner owner, bool counts)
{
  Judged judged = test::active_finding(Severity::high, path);
  judged.disposition = counts ? Disposition::suppressed : Disposition::active;
  judged.finding.inline_allow =
      InlineAllow{.reason = std::move(reason), .where = {7, 3}, .owner = owner, .counts = counts};
  return judged;
}

std::string
rendered(std::string_view sink, const Report& report)
{
  return output::find_sink(sink)->render(std::span(&report, 1), {});
}

}  // namespace

TEST_CASE("Comments that count are listed with owner, line and reason, others are not")
{
  Report report =
      test::report_with({marked("a.ts", "made up", MarkOwner::sluice, true), marked("b.ts", "", MarkOwner::peer, true),
                         marked("c.ts", "mine", MarkOwner::sluice, false)});
  const auto marks = output::counted_marks(std::span(&report, 1));
  REQUIRE(marks.size() == 2);
  CHECK(marks[0].where.path == "a.ts");
  CHECK(marks[0].where.begin.line == 7);
  CHECK(output::owner_text(marks[0]) == "sluice");
  CHECK(output::reason_text(marks[0]) == "made up");
  CHECK(output::owner_text(marks[1]) == "another tool");
  CHECK(output::reason_text(marks[1]) == "without a reason");
  report.judged[0].finding.inline_allow->path = "elsewhere.ts";
  CHECK(output::counted_marks(std::span(&report, 1))[0].where.path == "elsewhere.ts");
}

TEST_CASE("A hostile reason of a comment is text in every sink that lists it")
{
  const std::string hostile = "</td><script>x</script>|`\n::error::y\x1b[31m[a](http://b)";
  const Report report = test::report_with({marked("a.ts", hostile, MarkOwner::sluice, true)});
  for (const char* sink : {"text", "summary", "html", "json"}) {
    CAPTURE(sink);
    const std::string text = rendered(sink, report);
    const bool is_markup = std::string_view(sink) == "summary" || std::string_view(sink) == "html";
    CHECK_FALSE((is_markup && text.find("<script>") != std::string::npos));
    CHECK(text.find('\x1b') == std::string::npos);
    CHECK(text.find("\n::error::") == std::string::npos);
  }
}

TEST_CASE("The ways to accept a finding are those of the run's configuration")
{
  Report report = test::report_with({test::active_finding(Severity::high, "a.ts")});
  report.context.acceptance = {InlineComments::ignore, ".sluice.yml", "b.json", "rel<b>ease"};
  for (const char* sink : {"text", "summary", "html"}) {
    CAPTURE(sink);
    const std::string text = rendered(sink, report);
    CHECK(text.find("sluice:allow") == std::string::npos);
    CHECK(text.find("b.json") != std::string::npos);
    CHECK((std::string_view(sink) == "text" || text.find("rel<b>") == std::string::npos));
  }
}
