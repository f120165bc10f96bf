// SPDX-License-Identifier: Apache-2.0
//
// A credential of every kind in every text of a report, and every sink.
#include "base/text.hpp"
#include "credentials/matcher.hpp"
#include "credentials/redactor.hpp"
#include "credentials/rule_file.hpp"
#include "credentials/template.hpp"
#include "output/sink.hpp"
#include "support/plain_redactor.hpp"
#include "support/source_directory.hpp"
#include "unit/output/canonical_report.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace sluice::output {

namespace {

using credentials::RuleFile;

/// A text with credentials, and the pieces of them that must be nowhere: without a character that any sink escapes, and
/// without their beginnings, which may be shown.
struct Planted
{
  std::string rule;
  std::string text;
  std::vector<std::string> pieces;
};

void
add_pieces(std::string_view secret, std::vector<std::string>& pieces)
{
  constexpr std::size_t shortest = 6;
  constexpr std::size_t longest_word = 10;
  constexpr std::string_view plain = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  std::string_view rest = secret.substr(secret.size() / 4);
  while (!rest.empty()) {
    const std::size_t length = std::min(rest.find_first_not_of(plain), rest.size());
    const std::string_view piece = rest.substr(0, length);
    // "PRIVATE" and "Encryption" of a key's armour are no secret.
    const bool is_word = piece.find_first_of("0123456789") == std::string_view::npos && length <= longest_word;
    if (length >= shortest && !is_word) {
      pieces.emplace_back(rest.substr(0, length));
    }
    rest.remove_prefix(std::min(length + 1, rest.size()));
  }
}

Planted
planted(const RuleFile& rule, credentials::MatchWorker& worker)
{
  Planted result{rule.id, {}, {}};
  result.text = "see\n" + credentials::expand_template(rule.examples.front(), rule.id + "/0", rule.checksum);
  for (const credentials::Match& match : worker.match(result.text).found) {
    add_pieces(match.secret.of(result.text), result.pieces);
  }
  return result;
}

std::vector<Planted>
one_of_each_kind()
{
  const auto matcher = credentials::Matcher::create(credentials::rules(), credentials::compiled_database()).value();
  credentials::MatchWorker worker = credentials::MatchWorker::create(matcher).value();
  const auto files = credentials::read_rule_files(test::source_directory() / "src" / "credentials" / "rules").value();
  std::vector<Planted> all;
  for (const RuleFile& rule : files) {
    all.push_back(planted(rule, worker));
  }
  return all;
}

Report
redacted(const RawReport& raw)
{
  static const credentials::RuleRedactor redactor;
  return {raw, redactor};
}

}  // namespace

TEST_CASE("no sink shows a credential of any kind, whatever text of a report it is in")
{
  const std::vector<Planted> all = one_of_each_kind();
  REQUIRE(all.size() == credentials::rules().size());
  for (const Planted& each : all) {
    CAPTURE(each.rule);
    REQUIRE_FALSE(each.pieces.empty());
    const std::vector<Report> reports{redacted(test::hostile_report(each.text)),
                                      redacted(test::hostile_failure(each.text))};
    for (const Sink& sink : sinks()) {
      const std::string output = sink.render(reports, {.verbose = true});
      const auto shown = std::find_if(each.pieces.begin(), each.pieces.end(), [&output](const std::string& piece) {
        return output.find(piece) != std::string::npos;
      });
      CHECK_MESSAGE(shown == each.pieces.end(), fmt::format("{} is shown by {}", each.rule, sink.name));
    }
  }
}

TEST_CASE("what was redacted once stays as it is")
{
  for (const Planted& each : one_of_each_kind()) {
    CAPTURE(each.rule);
    const std::vector<Report> once{redacted(test::hostile_report(each.text))};
    const std::string json = find_sink("json")->render(once, {});
    CHECK(find_sink("json")->render(std::vector{redacted(once.front())}, {}) == json);
  }
}

TEST_CASE("the mark of an excerpt stays on what the finding covers, hidden or not, here and when read back")
{
  const std::string line = credentials::expand_template(
      "update t set a = 'ghp_{{base62:30}}{{checksum}}'; delete from shop;", "marks", credentials::Checksum::github);
  RawReport raw = test::hostile_report("x");
  raw.judged.resize(1);
  Finding& finding = raw.judged.front().finding;
  finding.excerpt = line;
  finding.covered.reset();
  const auto column = static_cast<std::uint32_t>(line.find("delete")) + 1;
  finding.where = {"a.sql", {1, column}, {1, column + 16}, ""};
  const Report once = redacted(raw);
  const Finding& shown = once.judged.front().finding;
  CHECK(shown.excerpt.size() < line.size());
  CHECK(shown.covered_bytes().of(shown.excerpt) == "delete from shop");
  const auto read = parse_reports(find_sink("json")->render(std::vector{once}, {}), "x", test::plain()).value();
  CHECK(read.front().judged.front().finding.covered_bytes() == shown.covered_bytes());
}

TEST_CASE("the reason of whoever accepted something is looked at as the line is")
{
  const std::string value = credentials::expand_template("{{hex:32}}", "reasons", credentials::Checksum::none);
  RawReport raw = test::hostile_report("x");
  raw.judged.front().reason = ".sluice.yml:3: password=" + value;
  raw.judged.front().finding.inline_allow = InlineAllow{.reason = "tested with " + value};
  raw.gaps.resize(1);
  raw.gaps.front().reason = "secret: " + value;
  const std::vector<Report> reports{redacted(raw)};
  for (const Sink& sink : sinks()) {
    CAPTURE(sink.name);
    CHECK(sink.render(reports, {.verbose = true}).find(value) == std::string::npos);
  }
}

TEST_CASE("a report without secrets is left alone")
{
  for (const Report& report : test::canonical_reports()) {
    const std::vector<Report> as_it_is{report};
    CHECK(find_sink("json")->render(std::vector{redacted(report)}, {}) == find_sink("json")->render(as_it_is, {}));
  }
}

}  // namespace sluice::output
