// SPDX-License-Identifier: Apache-2.0
//
// GitHub shows ten errors, ten warnings and ten notices of a step and forgets the rest. The places are given to the
// worst first, one error is kept for what was not examined, and the last annotation of a kind that overflows says how
// many more there are. A gate that could not do its job comes before all; a further place where a finding is as much as
// at its own gets an annotation only if all else has one. The grammar and its limits are the runner's ActionCommand,
// whose description is in escape.hpp.
#include "base/text.hpp"
#include "finding/executable.hpp"
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
identifiers_text(const Finding& finding)
{
  std::vector<std::string> names;
  for (const Identifier& identifier : finding.identifiers) {
    names.push_back(plain(identifier.name, 100));
  }
  return names.empty() ? "" : "\nKnown as " + ellipsis(join(names, ", "), 300);
}

/// Places that explain a finding; those of role `primary` have annotations of their own.
std::string
related_text(const Finding& finding)
{
  constexpr std::size_t most = 5;
  std::string text;
  std::size_t told = 0;
  for (const RelatedPlace& place : finding.related) {
    if (place.role != PlaceRole::primary && told++ < most) {
      text += fmt::format("\n{} {}{}", text_of(place.role), ellipsis(place_text(place.where), 300),
                          place.note.empty() ? "" : ": " + ellipsis(plain(place.note), 200));
    }
  }
  return text + (told > most ? fmt::format("\nand at {} more places", told - most) : "");
}

/// `where` is the finding's own place or one that is as good.
std::string
annotation(const Judged& judged, const Location& where)
{
  const Finding& finding = judged.finding;
  Properties properties;
  // A path that is too long for any file system lands nowhere.
  if (!where.path.empty() && where.path.size() < field_limit) {
    properties.add("file", where.path);
    // The platform shows the file as it is now. A line of another commit would be any line there.
    add_region(where.commit.empty() ? where : Location{}, properties);
  }
  // act drops a property with `=`.
  properties.add("title", replace_all(fmt::format("{}: {}", name_of(judged.severity), rule_of(finding).id), "=", "-"));
  std::string message = ellipsis(finding.message, 2000);
  if (!where.commit.empty()) {
    message += where.path.empty()
                   ? fmt::format("\nIn commit {}.", short_commit(where.commit))
                   : fmt::format("\nAt {} in commit {}.", ellipsis(place_text(where), 300), short_commit(where.commit));
  }
  message += identifiers_text(finding) + related_text(finding);
  if (!finding.help.empty()) {
    message += "\nFix: " + ellipsis(finding.help, 1000);
  }
  if (!finding.fingerprint.hex.empty()) {
    message += "\nFingerprint: " + finding.fingerprint.hex.substr(0, 16);
  }
  const std::size_t kind = kind_of(judged.severity);
  const bool is_warned = judged.disposition == Disposition::warned;
  return command(kinds.at(is_warned ? std::max<std::size_t>(1, kind) : kind), properties, message);
}

std::string
annotation(const Gap& gap)
{
  Properties properties;
  properties.add("title", "Incomplete");
  const std::string fix = gap.fix.empty() ? "" : "\nFix: " + ellipsis(gap.fix, 1000);
  return command("error", properties,
                 fmt::format("Not examined [{}]: {}: {}{}", name_of(gap.kind), ellipsis(gap.subject, 500),
                             ellipsis(gap.why, 1500), fix));
}

std::string
annotation(const Report& report)
{
  Properties properties;
  properties.add("title",
                 fmt::format("{} is {}", executable_name(plain(report.tool, 60)), name_of(report.failure->verdict)));
  return command("error", properties, report.failure->message);
}

std::vector<std::string>
open_gaps(Reports reports)
{
  std::vector<std::string> gaps;
  for (const Report& report : reports) {
    for (const JudgedGap& judged : report.gaps) {
      // More are never shown, only counted.
      if (!judged.accepted) {
        gaps.push_back(gaps.size() < most_of_a_kind ? annotation(judged.gap) : std::string());
      }
    }
  }
  return gaps;
}

std::vector<std::string>
failures(Reports reports)
{
  std::vector<std::string> failures;
  for (const Report& report : reports) {
    if (report.failure) {
      failures.push_back(annotation(report));
    }
  }
  return failures;
}

std::string
first_of(const std::vector<std::string>& annotations, std::size_t count)
{
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += annotations[i];
  }
  return text;
}

/// Further places of the findings, as many as there is room for: those where it is as well, then those that would have
/// to change, as a manifest does for what is found in its lockfile.
std::string
further_places(const std::vector<const Judged*>& findings, std::size_t room)
{
  std::string text;
  for (const PlaceRole role : {PlaceRole::primary, PlaceRole::fix}) {
    for (const Judged* judged : findings) {
      for (const RelatedPlace& place : judged->finding.related) {
        if (place.role == role && room > 0) {
          text += annotation(*judged, place.where);
          --room;
        }
      }
    }
  }
  return text;
}

/// What one kind has to hold.
struct Kind
{
  std::string_view name;
  std::vector<std::string> failures;
  std::vector<const Judged*> findings;
  std::vector<std::string> gaps;
};

/// Failures, then findings, then gaps. Where not all fit, gaps keep one place and findings, if there are any, another.
std::string
annotations(const Kind& kind)
{
  const std::size_t total = kind.failures.size() + kind.findings.size() + kind.gaps.size();
  const std::size_t places = total > most_of_a_kind ? most_of_a_kind - 1 : total;
  const std::size_t kept = (kind.gaps.empty() ? 0U : 1U) + (kind.findings.empty() ? 0U : 1U);
  const std::size_t shown_failures = std::min(kind.failures.size(), places - kept);
  const std::size_t shown_findings =
      std::min(kind.findings.size(), places - shown_failures - (kind.gaps.empty() ? 0U : 1U));
  const std::size_t shown_gaps = std::min(kind.gaps.size(), places - shown_failures - shown_findings);
  std::string text = first_of(kind.failures, shown_failures);
  for (std::size_t i = 0; i < shown_findings; ++i) {
    text += annotation(*kind.findings[i], kind.findings[i]->finding.where);
  }
  text += first_of(kind.gaps, shown_gaps);
  const std::size_t hidden = total - shown_failures - shown_findings - shown_gaps;
  if (hidden == 0) {
    return text + further_places(kind.findings, most_of_a_kind - total);
  }
  Properties properties;
  properties.add("title", "More findings");
  return text
         + command(kind.name, properties,
                   fmt::format("and {} more that do not fit into a step's annotations; see the job summary or the "
                               "report files for all of them",
                               with_thousands(hidden)));
}

}  // namespace

std::string
render_github(Reports reports, const RenderOptions& /*options*/)
{
  std::array<Kind, kinds.size()> by_kind{
      {{kinds[0], failures(reports), {}, open_gaps(reports)}, {kinds[1], {}, {}, {}}, {kinds[2], {}, {}, {}}}};
  for (const Shown& shown : active_findings(reports)) {
    by_kind.at(kind_of(shown.judged->severity)).findings.push_back(shown.judged);
  }
  // Behind what fails, and never as an error.
  for (const Shown& shown : warned_findings(reports)) {
    by_kind.at(std::max<std::size_t>(1, kind_of(shown.judged->severity))).findings.push_back(shown.judged);
  }
  std::string text;
  for (const Kind& kind : by_kind) {
    text += annotations(kind);
  }
  return text;
}

}  // namespace sluice::output
