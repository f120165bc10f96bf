// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "base/text.hpp"
#include "support/plain_redactor.hpp"
#include "support/source_directory.hpp"
#include "unit/output/canonical_report.hpp"

#include <fmt/format.h>

#include <algorithm>
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

/// A line of the file of hostile strings without its escapes.
std::string
unescaped(std::string_view line)
{
  constexpr std::array<std::pair<char, char>, 6> letters{
      {{'n', '\n'}, {'r', '\r'}, {'t', '\t'}, {'a', '\a'}, {'b', '\b'}, {'\\', '\\'}}};
  std::string text;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] != '\\' || i + 1 == line.size()) {
      text += line[i];
      continue;
    }
    const char c = line[++i];
    if (c == 'x') {
      text += static_cast<char>(std::stoi(std::string(line.substr(i + 1, 2)), nullptr, 16));
      i += 2;
      continue;
    }
    const auto* const letter =
        std::find_if(letters.begin(), letters.end(), [c](const auto& each) { return each.first == c; });
    text += letter == letters.end() ? c : letter->second;
  }
  return text;
}

std::string
payload_of(std::string_view line)
{
  constexpr std::string_view repeat = "@repeat ";
  if (!line.starts_with(repeat)) {
    return unescaped(line);
  }
  const std::size_t space = line.find(' ', repeat.size());
  const std::string text = unescaped(line.substr(space + 1));
  std::string all;
  for (int count = std::stoi(std::string(line.substr(repeat.size(), space - repeat.size()))); count > 0; --count) {
    all += text;
  }
  return all;
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
    const auto text = read_file(source_directory() / "tests" / "hostile" / "strings.txt");
    std::vector<std::string> all;
    for (const std::string_view line : lines_of(text.value())) {
      if (line != "#" && !line.starts_with("# ")) {
        all.push_back(payload_of(line));
      }
    }
    return all;
  }();
  return payloads;
}

}  // namespace sluice::test
