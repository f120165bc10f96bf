// SPDX-License-Identifier: Apache-2.0
#include "output/sink.hpp"
#include "support/plain_redactor.hpp"
#include "unit/output/canonical_report.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace sluice::output {

namespace {

std::string
junit_of(const std::vector<Report>& reports)
{
  return find_sink("junit")->render(reports, {});
}

bool
has(std::string_view text, std::string_view part)
{
  return text.find(part) != std::string_view::npos;
}

bool
is_text(std::string_view text)
{
  constexpr std::string_view known[] = {"amp;", "lt;", "gt;", "quot;"};
  for (std::size_t at = 0; (at = text.find('&', at)) != std::string_view::npos; ++at) {
    if (std::none_of(std::begin(known), std::end(known),
                     [&](std::string_view entity) { return text.substr(at + 1).starts_with(entity); })) {
      return false;
    }
  }
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; })
         && !has(text, "]]>");
}

/// Tags that nest and texts that hold only known entities: what our own writer can get wrong.
bool
is_well_formed(std::string_view xml)
{
  std::vector<std::string> open;
  while (!xml.empty()) {
    const auto begin = xml.find('<');
    if (!is_text(xml.substr(0, begin))) {
      return false;
    }
    if (begin == std::string_view::npos) {
      break;
    }
    const auto end = xml.find('>', begin);
    if (end == std::string_view::npos) {
      return false;
    }
    const std::string_view tag = xml.substr(begin + 1, end - begin - 1);
    xml.remove_prefix(end + 1);
    if (tag.starts_with('?')) {
      continue;
    }
    if (tag.starts_with('/')) {
      if (open.empty() || open.back() != tag.substr(1)) {
        return false;
      }
      open.pop_back();
      continue;
    }
    if (std::count(tag.begin(), tag.end(), '"') % 2 != 0 || !is_text(tag)) {
      return false;
    }
    if (!tag.ends_with('/')) {
      open.emplace_back(tag.substr(0, tag.find(' ')));
    }
  }
  return open.empty();
}

}  // namespace

TEST_CASE("JUnit counts what it holds")
{
  const std::string text = junit_of(test::canonical_reports());
  CHECK(
      has(text, "<testsuites name=\"sluice\" tests=\"11\" failures=\"4\" errors=\"1\" skipped=\"3\" time=\"65.939\">"));
  CHECK(has(text, "<testsuite name=\"sluice-secrets\" tests=\"5\" failures=\"2\" errors=\"1\" skipped=\"1\""));
  CHECK(has(text, "name=\"private-key\" time=\"0.000\"/>"));
  CHECK(has(text, "<failure message=\"2 findings\" type=\"critical\">"));
  CHECK(has(text, "timestamp=\"2026-11-21T04:05:06\""));
}

TEST_CASE("A rule whose findings were accepted passes")
{
  Judged judged = test::active_finding(Severity::high, "a");
  judged.disposition = Disposition::suppressed;
  Report report = test::report_with({judged});
  report.verdict = Verdict::pass;
  CHECK(has(junit_of({report}), "tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\""));
}

TEST_CASE("Findings of one rule share a failure, of which a hundred are told")
{
  const std::string text =
      junit_of({test::report_with(std::vector<Judged>(130, test::active_finding(Severity::high, "a")))});
  CHECK(has(text, "<failure message=\"130 findings\""));
  CHECK(has(text, "\nand 30 more\n"));
}

TEST_CASE("A gate that could not run is a suite with one error")
{
  const std::string text = junit_of({test::failure_report("deps", {ErrorKind::config, ".sluice.yml:\nodd <value>"})});
  CHECK(has(text, "<testsuite name=\"sluice-deps\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\""));
  CHECK(has(text, "<error message=\".sluice.yml:\" type=\"unable\">.sluice.yml:\n| odd &lt;value&gt;\n</error>"));
  Report broken = test::report_with({});
  broken.fail_with({ErrorKind::unavailable, "x"});
  CHECK_FALSE(has(junit_of({broken}), "example-token"));
}

TEST_CASE("A gate without a subject is one skipped case, and none of its rules has passed")
{
  Report none = test::report_with({});
  none.absence = Absence{Absence::Kind::no_subject, "nothing there"};
  none.verdict = Verdict::not_applicable;
  const std::string text = junit_of({none});
  CHECK(has(text, "tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"1\""));
  CHECK(has(text, "<skipped message=\"not applicable: nothing there\"/>"));
  none.absence->kind = Absence::Kind::nothing_to_do;
  CHECK(has(junit_of({none}), "<skipped message=\"nothing to do: nothing there\"/>"));
}

TEST_CASE("JUnit is well-formed XML whatever the texts are")
{
  CHECK_FALSE(is_well_formed("<a><b></a>"));
  CHECK_FALSE(is_well_formed("<a>&x</a>"));
  CHECK(is_well_formed(junit_of(test::canonical_reports())));
  CHECK(is_well_formed(junit_of({})));
  for (const std::string& payload : test::hostile_payloads()) {
    CAPTURE(payload.substr(0, 60));
    CHECK(is_well_formed(junit_of({test::hostile_report(payload)})));
  }
}

}  // namespace sluice::output
