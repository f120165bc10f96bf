// SPDX-License-Identifier: Apache-2.0
//
// What a gate came to, as a statement about the commit that it judged: in-toto's Statement v1 with the predicate
// test-result v0.1 (github.com/in-toto/attestation, spec/v1/statement.md and spec/predicates/test-result.md). Who signs
// it makes an attestation of it, and whoever promotes the commit elsewhere has the word of the signer.
//
// The predicate has a result and names of tests, and no word for what decides whether a report is enough: the least
// severity that failed, and of which commits it speaks. These are in the member `sluice`, for consumers ignore what
// they do not know (spec/v1/README.md, "Parsing rules"). One statement speaks of one report, so several are a line each
// (JSON Lines, as bundles are). A report of no commit is about itself, for a statement must have a subject.
#include "base/clock.hpp"
#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/utf8.hpp"
#include "finding/executable.hpp"
#include "output/escape.hpp"
#include "output/renderers.hpp"
#include "output/tally.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace sluice::output {

namespace {

constexpr std::size_t most_tests = 2000;

Json
text(std::string_view any)
{
  return is_utf8(any) ? std::string(any) : plain(any);
}

std::string_view
result_of(const Report& report)
{
  const bool has_warned = std::any_of(report.judged.begin(), report.judged.end(),
                                      [](const Judged& judged) { return judged.disposition == Disposition::warned; });
  switch (report.verdict) {
  case Verdict::pass:
    return has_warned ? "WARNED" : "PASSED";
  case Verdict::not_applicable:
    return "WARNED";
  default:
    return "FAILED";
  }
}

/// Rules by the worst that came of them.
struct Tests
{
  Json passed = Json::array(), warned = Json::array(), failed = Json::array();
};

Tests
tests_of(const Report& report)
{
  std::map<std::string_view, Disposition> worst;
  for (const RuleMeta* rule : report.rules) {
    worst.emplace(rule->id, Disposition::older);
  }
  for (const Judged& judged : report.judged) {
    if (judged.finding.rule != nullptr && judged.disposition <= Disposition::warned) {
      Disposition& known = worst.try_emplace(judged.finding.rule->id, judged.disposition).first->second;
      known = std::min(known, judged.disposition);
    }
  }
  Tests tests;
  for (const auto& [id, disposition] : worst) {
    Json& list = disposition == Disposition::active   ? tests.failed
                 : disposition == Disposition::warned ? tests.warned
                                                      : tests.passed;
    if (list.size() < most_tests) {
      list.push_back(text(id));
    }
  }
  return tests;
}

std::map<Severity, std::uint64_t>
counts_of(const Report& report)
{
  std::map<Severity, std::uint64_t> counts;
  for (const Judged& judged : report.judged) {
    if (judged.disposition != Disposition::baselined && judged.disposition != Disposition::older) {
      ++counts[judged.severity];
    }
  }
  return counts;
}

/// Why nothing was examined; empty if something was.
std::string
why_of(const Report& report)
{
  if (report.failure) {
    return report.failure->message;
  }
  return report.absence ? report.absence->reason : "";
}

Json
own_part(const Report& report)
{
  const auto finished = report.started + report.duration;
  Json findings = Json::object();
  for (const auto& [severity, count] : counts_of(report)) {
    findings.at(name_of(severity)) = count;
  }
  Json examined = Json::array_of(report.coverage.counts, [](const Count& count) {
    return Json{{"value", count.value}, {"unit", text(count.unit)}};
  });
  return {{"tool", text(report.tool)},
          {"version", text(report.version)},
          {"verdict", name_of(report.verdict)},
          {"fail-on", name_of(report.fail_on)},
          {"head", text(report.context.head)},
          {"breadth", name_of(report.context.breadth)},
          {"bases", Json::array_of(report.context.bases, text)},
          {"range", text(report.context.range)},
          {"finished", rfc3339(std::chrono::floor<std::chrono::seconds>(finished))},
          {"examined", std::move(examined)},
          {"findings", std::move(findings)},
          {"why", text(why_of(report))}};
}

Json
subject_of(const Report& report, const Json& own)
{
  if (report.context.head.empty()) {
    return {{"name", "report"}, {"digest", {{"sha256", to_hex(sha256(own.dump()))}}}};
  }
  const std::string& repository = report.context.repository_url;
  return {{"name", text(repository.empty() ? "commit" : repository)},
          {"digest", {{"gitCommit", text(report.context.head)}}}};
}

Json
statement(const Report& report)
{
  Tests tests = tests_of(report);
  Json own = own_part(report);
  Json subject = subject_of(report, own);
  Json configuration{{"name", executable_name(report.tool)},
                     {"uri", fmt::format("pkg:generic/sluice@{}", plain(report.version))}};
  return {{"_type", "https://in-toto.io/Statement/v1"},
          {"subject", Json::array({std::move(subject)})},
          {"predicateType", "https://in-toto.io/attestation/test-result/v0.1"},
          {"predicate",
           {{"result", result_of(report)},
            {"configuration", Json::array({std::move(configuration)})},
            {"passedTests", std::move(tests.passed)},
            {"warnedTests", std::move(tests.warned)},
            {"failedTests", std::move(tests.failed)},
            {"sluice", std::move(own)}}}};
}

}  // namespace

std::string
render_in_toto(Reports reports, const RenderOptions& /*options*/)
{
  std::string lines;
  for (const Report& report : reports) {
    lines += inert_json(statement(report).dump(std::nullopt, JsonText::ascii));
  }
  return lines;
}

}  // namespace sluice::output
