// SPDX-License-Identifier: Apache-2.0
//
// GitHub shows ten errors, ten warnings and ten notices of a step and forgets the rest. The places are given to the
// worst first, one error is kept for what was not examined, and the last annotation of a kind that overflows says how
// many more there are. The grammar and its limits are the runner's ActionCommand, whose description is in escape.hpp.
#include "base/text.hpp"
#include "output/escape.hpp"
#include "output/renderers.hpp"
#include "output/tally.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::output {

namespace {

constexpr std::size_t most_of_a_kind = 10;
constexpr std::size_t message_limit = 4096;  ///< the runner cuts longer ones
constexpr std::array<std::string_view, 3> kinds{"error", "warning", "notice"};

std::size_t
kind_of(Severity severity)
{
  if (severity >= Severity::high) {
    return 0;
  }
  return severity == Severity::medium ? 1 : 2;
}

class Properties
{
public:
  void
  add(std::string_view name, std::string_view untrusted)
  {
    text_ += fmt::format("{}{}={}", text_.empty() ? "" : ",", name, command_property(untrusted));
  }
  void
  add(std::string_view name, std::uint32_t number)
  {
    add(name, fmt::format("{}", number));
  }
  [[nodiscard]] const std::string&
  text() const
  {
    return text_;
  }

private:
  std::string text_;
};

/// The runner drops columns of a range over several lines, and an end before the begin drops everything.
void
add_region(const Location& where, Properties& properties)
{
  if (where.begin.line == 0) {
    return;
  }
  const std::uint32_t end_line = std::max(where.begin.line, where.end.line);
  properties.add("line", where.begin.line);
  properties.add("endLine", end_line);
  if (end_line == where.begin.line && where.begin.column > 0) {
    properties.add("col", where.begin.column);
    properties.add("endColumn", std::max(where.begin.column, where.end.column));
  }
}

std::string
command(std::string_view kind, const Properties& properties, std::string_view message)
{
  return fmt::format("::{} {}::{}\n", kind, properties.text(), command_data(message, message_limit));
}

std::string
annotation(const Judged& judged)
{
  const Finding& finding = judged.finding;
  Properties properties;
  // A path that is too long for any file system lands nowhere.
  if (!finding.where.path.empty() && finding.where.path.size() < field_limit) {
    properties.add("file", finding.where.path);
    add_region(finding.where, properties);
  }
  // act drops a property with `=`.
  properties.add("title", replace_all(fmt::format("{}: {}", name_of(judged.severity), rule_of(finding).id), "=", "-"));
  std::string message = ellipsis(finding.message, 2000);
  if (!finding.where.commit.empty()) {
    message += fmt::format("\nIn commit {}.", short_commit(finding.where.commit));
  }
  if (!finding.help.empty()) {
    message += "\nFix: " + ellipsis(finding.help, 1000);
  }
  if (!finding.fingerprint.hex.empty()) {
    message += "\nFingerprint: " + finding.fingerprint.hex.substr(0, 16);
  }
  return command(kinds.at(kind_of(judged.severity)), properties, message);
}

std::string
annotation(const Gap& gap)
{
  Properties properties;
  properties.add("title", "Incomplete");
  const std::string fix = gap.fix.empty() ? "" : "\nFix: " + ellipsis(gap.fix, 1000);
  return command("error", properties,
                 fmt::format("Not examined: {}: {}{}", ellipsis(gap.subject, 500), ellipsis(gap.why, 1500), fix));
}

/// A failed gate and what was not examined: both are why a run cannot be relied on.
std::vector<Gap>
open_gaps(Reports reports)
{
  std::vector<Gap> gaps;
  for (const Report& report : reports) {
    if (report.failure) {
      gaps.push_back({GapKind::no_reason, fmt::format("sluice-{} is {}", report.tool, name_of(report.failure->verdict)),
                      report.failure->message, ""});
    }
  }
  for (const Report& report : reports) {
    for (const JudgedGap& judged : report.gaps) {
      if (!judged.accepted) {
        gaps.push_back(judged.gap);
      }
    }
  }
  return gaps;
}

/// The findings of one kind, then the gaps if the kind is error. Where not all fit, gaps keep one place.
std::string
annotations(std::string_view kind, const std::vector<const Judged*>& findings, const std::vector<Gap>& gaps)
{
  const std::size_t total = findings.size() + gaps.size();
  const std::size_t places = total > most_of_a_kind ? most_of_a_kind - 1 : total;
  const std::size_t shown_findings = std::min(findings.size(), places - (gaps.empty() ? 0U : 1U));
  const std::size_t shown_gaps = std::min(gaps.size(), places - shown_findings);
  std::string text;
  for (std::size_t i = 0; i < shown_findings; ++i) {
    text += annotation(*findings[i]);
  }
  for (std::size_t i = 0; i < shown_gaps; ++i) {
    text += annotation(gaps[i]);
  }
  if (const std::size_t hidden = total - shown_findings - shown_gaps; hidden > 0) {
    Properties properties;
    properties.add("title", "More findings");
    text += command(kind, properties,
                    fmt::format("and {} more that do not fit into a step's annotations; see the job summary or the "
                                "report files for all of them",
                                with_thousands(hidden)));
  }
  return text;
}

}  // namespace

std::string
render_github(Reports reports, const RenderOptions& /*options*/)
{
  std::array<std::vector<const Judged*>, kinds.size()> by_kind;
  for (const Shown& shown : active_findings(reports)) {
    by_kind.at(kind_of(shown.judged->severity)).push_back(shown.judged);
  }
  std::string text;
  for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
    text += annotations(kinds.at(kind), by_kind.at(kind), kind == 0 ? open_gaps(reports) : std::vector<Gap>{});
  }
  return text;
}

}  // namespace sluice::output
