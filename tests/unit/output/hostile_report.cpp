// SPDX-License-Identifier: Apache-2.0
#include "support/plain_redactor.hpp"
#include "unit/output/canonical_report.hpp"

#include <fmt/format.h>

#include <array>

namespace sluice::test {

namespace {

Judged
hostile_judged(const std::string& payload, Severity severity, Disposition disposition, std::size_t number)
{
  const std::string content = fmt::format("{}/{}/{}", number, name_of(severity), name_of(disposition));
  Finding finding;
  finding.rule = &token_rule();
  finding.where = {payload, {3, 2}, {3, 5}, ""};
  finding.message = payload;
  finding.help = payload;
  finding.excerpt = payload;
  finding.subject = payload;
  finding.identifiers = {{payload}, {"CVE-" + payload}};
  for (const PlaceRole role :
       {PlaceRole::primary, PlaceRole::also, PlaceRole::cause, PlaceRole::fix, PlaceRole::defined_here}) {
    finding.related.push_back({{payload, {1, 1}, {1, 1}, payload}, role, payload});
  }
  finding.facts = {{"payload", payload, payload}};
  finding.fingerprint = make_fingerprint(token_rule().id, std::array<std::string_view, 1>{content});
  finding.inline_allow = InlineAllow{payload, {3, 9}};
  return {std::move(finding), severity, disposition, payload};
}

std::vector<Section>
hostile_sections(const std::string& payload)
{
  const std::chrono::sys_seconds time{};
  return {{payload, payload, Table{{payload, payload}, {{payload, payload}}}},
          {payload, payload,
           Graph{{{payload, Standing::bad}, {payload, Standing::good}}, {{0, 1, payload}, {1, 0, payload}}}},
          {payload, payload,
           Timeline{{{time, time, payload, Standing::warning},
                     {Timeline::earliest, Timeline::latest, payload, Standing::bad}}}}};
}

}  // namespace

Report
hostile_failure(const std::string& payload)
{
  return failure_report("secrets", {ErrorKind::input, payload});
}

Report
hostile_report(const std::string& payload, std::size_t findings)
{
  RawReport report;
  report.tool = "secrets";
  report.version = payload;
  report.scan = ScanType::secret_detection;
  for (const Severity severity : {Severity::critical, Severity::medium, Severity::info}) {
    for (std::size_t i = 0; i < findings; ++i) {
      report.judged.push_back(hostile_judged(payload, severity, Disposition::active, i));
    }
  }
  for (const Disposition disposition :
       {Disposition::below_threshold, Disposition::baselined, Disposition::suppressed}) {
    report.judged.push_back(hostile_judged(payload, Severity::low, disposition, 0));
  }
  report.gaps = {{{GapKind::unparsable, payload, payload, payload}, false, payload},
                 {{GapKind::too_large, payload, payload, payload}, true, payload}};
  report.absence = Absence{Absence::Kind::nothing_to_do, payload};
  report.sections = hostile_sections(payload);
  report.coverage = {payload, {{2, payload}}};
  report.verdict = Verdict::fail;
  report.notices = {payload};
  report.context = {payload, payload, payload, payload, payload, payload};
  report.rules = {&token_rule()};
  return shown(std::move(report));
}

const std::vector<std::string>&
hostile_payloads()
{
  static const std::vector<std::string> payloads = [] {
    std::string flood;
    while (flood.size() < (std::size_t{1} << 15U)) {
      flood += "::error file=x::y\n##[error]z\r\n";
    }
    return std::vector<std::string>{
        "::error::pwned",
        ":",
        "::",
        "  ::add-mask::x",
        "\n::error file=x,line=1::y",
        "\r\n::warning::y\r::notice::z",
        "x\n\n##[error]y",
        "a ##[add-mask]e",
        "###[error]x",
        "##vso[task.setvariable variable=a]b",
        "%0A::error::x",
        "%250D%3A%3A 50% 100%25",
        "a=b,c=d;e]f",
        "\x1b[31mred\x1b]0;title\a\x9b"
        "31m",
        "\u202Eevil\u2066\u200b\ufeff\u00a0::error::x",
        "\u2028::error::x\u2029::error::y\u0085::error::z",
        "a|b|c \\| `d|e`",
        "<script>alert(1)</script><!-- --></details>",
        "# heading\n- list\n> quote\n```\nfence\n```",
        "@octocat fixes #1 GH-2 https://evil.example www.evil.example [x](javascript:y) **b** $x$",
        "</code></pre>&lt;&#35;&amp;",
        "]]>\"'</failure>",
        "\ufffe\uffff\x01\x02\x7f",
        "\xff\xfe\xc0\xaf\xed\xa0\x80",
        std::string("nul\0nul", 7),
        "sluice_0123456789abcdef\nresult=pass\nEOF\nEOF",
        "word ::error::x word ::error::x word ::error::x word ::error::x word ::error::x word ::error::x word "
        "::error::x",
        std::string(std::size_t{1} << 15U, 'A'),
        std::string(std::size_t{1} << 15U, '#'),
        flood,
    };
  }();
  return payloads;
}

}  // namespace sluice::test
