// SPDX-License-Identifier: Apache-2.0
//
// The text of a pull request reaches a log through every sink. Whatever it holds, runners must find our commands with
// our data in it and no other.
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "output/escape.hpp"
#include "output/sink.hpp"
#include "unit/output/canonical_report.hpp"
#include "unit/output/runner_grammar.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

namespace sluice::output {

namespace {

std::string
rendered(std::string_view sink, const std::string& payload, std::size_t findings = 1)
{
  return find_sink(sink)->render(std::vector{test::hostile_report(payload, findings)}, {.verbose = true});
}

bool
holds_log_command(std::string_view text)
{
  return text.find("##[") != std::string_view::npos || text.find("##vso[") != std::string_view::npos;
}

/// Whether a terminal shows each line as it is, and no line of any reader's ends within one of ours.
bool
is_inert_text(std::string_view text)
{
  const auto lines = split(text, '\n');
  return std::all_of(lines.begin(), lines.end(), [](std::string_view line) { return printable(line) == line; });
}

}  // namespace

TEST_CASE("The ported grammars find the commands that runners find")
{
  const auto github =
      test::github_commands("  ::Error file=a%2Cb,line=1::50%25 of a%0Ab: c::d\nx##[add-mask]e\n::nope::x\n");
  REQUIRE(github.size() == 2);
  CHECK(github[0].name == "error");
  CHECK(github[0].properties.at("file") == "a,b");
  CHECK(github[0].data == "50% of a\nb: c::d");
  CHECK(github[1].name == "add-mask");

  const auto act =
      test::act_commands("::error file=a.cc,line=1::use std::string here\n::add-mask::a::b\n ::error::x\n");
  REQUIRE(act.size() == 2);
  CHECK(act[0].properties.at("line") == "1::use std");
  CHECK(act[0].data == "string here");
  CHECK(act[1].name == "add-mask::a");
}

TEST_CASE("No sink but the annotations makes a command of examined text")
{
  for (const std::string& payload : test::hostile_payloads()) {
    for (const Sink& sink : sinks()) {
      if (sink.name == "github") {
        continue;
      }
      const std::string text =
          rendered(sink.name, payload, 2) + sink.render(std::vector{test::hostile_failure(payload)}, {.width = 40});
      CAPTURE(sink.name);
      CAPTURE(payload.substr(0, 60));
      CHECK(test::github_commands(text).empty());
      CHECK(test::act_commands(text).empty());
      CHECK_FALSE(holds_log_command(text));
      CHECK(is_utf8(text));
      CHECK(is_inert_text(text));
    }
  }
}

TEST_CASE("Texts of a megabyte are cut for people and stay inert")
{
  std::string flood;
  while (flood.size() < (std::size_t{1} << 20U)) {
    flood += "::error file=x::y ##[error]z\r\n";
  }
  Judged judged = test::active_finding(Severity::high, "a.txt");
  judged.finding.message = flood;
  judged.finding.excerpt = flood;
  judged.finding.where.begin.column = 500'000;
  judged.finding.where.end.column = 500'010;
  for (const Sink& sink : sinks()) {
    const std::string text = sink.render(std::vector{test::report_with({judged})}, {});
    CAPTURE(sink.name);
    CHECK(test::github_commands(text).size() == (sink.name == "github" ? 1 : 0));
    CHECK(test::act_commands(text).size() == (sink.name == "github" ? 1 : 0));
    CHECK_FALSE(holds_log_command(text));
    CHECK(text.size() < (sink.name == "json" ? 4'000'000 : 40'000));
  }
}

TEST_CASE("Annotations are exactly ours for both parsers, whatever the texts are")
{
  for (const std::string& payload : test::hostile_payloads()) {
    const std::string text = rendered("github", payload);
    CAPTURE(payload.substr(0, 60));
    CHECK_FALSE(holds_log_command(text));
    CHECK(is_inert_text(text));
    const auto github = test::github_commands(text);
    const auto act = test::act_commands(text);
    // Each finding has a further place where it is as much as at its own, and one that would have to change.
    REQUIRE(github.size() == 10);
    REQUIRE(act.size() == 10);
    CHECK(lines_of(text).size() == 10);
    CHECK(github[0].name == "error");
    CHECK(github[0].properties.at("title") == "critical: example-token");
    CHECK(github[1].properties.at("title") == "Incomplete");
    CHECK(github[2].properties.at("title") == "critical: example-token");
    CHECK(github[4].name == "warning");
    CHECK(github[7].name == "notice");
    for (std::size_t i = 0; i < github.size(); ++i) {
      CHECK(act[i].name == github[i].name);
      CHECK(act[i].data == github[i].data);
      CHECK(act[i].properties.at("title") == github[i].properties.at("title"));
      CHECK(github[i].data.find("::") == std::string::npos);
    }
    const bool fits = payload.size() < 4096;
    CHECK(github[0].properties.size() == (fits ? 6 : 1));
    CHECK(github[0].properties.count("file") == (fits ? 1 : 0));
    if (fits) {
      CHECK(github[0].properties.at("file") == break_log_commands(printable(payload), "\\x23"));
    }
  }
}

TEST_CASE("The data of an annotation decodes to the same text in any order of decoding")
{
  for (const std::string& payload : test::hostile_payloads()) {
    const std::string text = rendered("github", payload);
    for (const std::string_view line : lines_of(text)) {
      const std::string_view data = line.substr(line.find("::", 2) + 2);
      const std::string last = replace_all(replace_all(data, "%0A", "\n"), "%25", "%");
      const std::string first = replace_all(replace_all(data, "%25", "%"), "%0A", "\n");
      CHECK(last == first);
    }
  }
}

TEST_CASE("No line of the text for people starts with examined text")
{
  constexpr std::string_view mark = "QZQ";
  std::string payload;
  for (int i = 0; i < 200; ++i) {
    payload += std::string(mark) + (i % 7 == 0 ? "\n" : " ");
  }
  for (const std::string_view sink : {"text", "summary", "junit", "html"}) {
    CAPTURE(sink);
    const std::string text = rendered(sink, payload);
    for (const std::string_view line : lines_of(text)) {
      CHECK_FALSE(trim(line).starts_with(mark));
    }
  }
}

TEST_CASE("GITHUB_OUTPUT holds our values and no others")
{
  constexpr std::string_view nonce = "0123456789abcdef";
  for (const std::string& payload : test::hostile_payloads()) {
    CAPTURE(payload.substr(0, 60));
    const std::vector reports{test::hostile_report(payload, 2)};
    const std::vector<OutputFile> files{{"sarif", "out/a.sarif"}, {payload, payload}};
    const auto values = test::file_command(github_output(reports, files, nonce));
    REQUIRE(values);
    REQUIRE(values->size() == 6);
    CHECK(values->at(0) == std::pair<std::string, std::string>("result", "fail"));
    CHECK(values->at(1) == std::pair<std::string, std::string>("findings-count", "6"));
    CHECK(values->at(2) == std::pair<std::string, std::string>("highest-severity", "critical"));
    CHECK(values->at(3).first == "range");
    CHECK(values->at(3).second.find('\n') == std::string::npos);
    CHECK(values->at(4) == std::pair<std::string, std::string>("sarif-file", "out/a.sarif"));
    CHECK(values->at(5).first.ends_with("-file"));
  }
}

TEST_CASE("GITHUB_OUTPUT merges reports and says incomplete where nothing was examined")
{
  Report incomplete = test::clean_report();
  incomplete.verdict = Verdict::incomplete;
  const auto values = test::file_command(github_output(std::vector{test::clean_report(), incomplete}, {}, "00"));
  REQUIRE(values);
  CHECK(values->at(0).second == "incomplete");
  CHECK(values->at(2).second.empty());
  CHECK(values->at(3).second == "whole directory");
  CHECK(test::file_command(github_output({}, {}, "00"))->at(0).second == "incomplete");
}

}  // namespace sluice::output
