// SPDX-License-Identifier: Apache-2.0
//
// What editors, reviewdog and grep read: one entry is one line, `PLACE: WHAT: MESSAGE`. The first colon that a space
// follows ends the place, so a place that holds one has it escaped: no path can look like an entry of its own.
#include "base/text.hpp"
#include "output/escape.hpp"
#include "output/renderers.hpp"
#include "output/tally.hpp"

#include <fmt/format.h>

namespace sluice::output {

namespace {

constexpr std::size_t text_limit = 1500;
constexpr std::size_t place_limit = 2000;

/// An entry's line. Nothing that a runner would take for a command may start it, nor stand within it.
std::string
entry(std::string_view untrusted_place, std::string_view what, std::string_view untrusted_message)
{
  const std::string place = replace_all(plain(untrusted_place, place_limit) + " ", ": ", "\\x3a ");
  const std::string_view end = trim(place);
  return inert(fmt::format("{}: {}: {}", end, what, plain(untrusted_message, text_limit))) + "\n";
}

}  // namespace

std::string
render_one_line(Reports reports, const RenderOptions& /*options*/)
{
  std::string text;
  for (const Shown& shown : active_findings(reports)) {
    const Finding& finding = shown.judged->finding;
    text +=
        entry(place_text(finding.where),
              fmt::format("{} {}", name_of(shown.judged->severity), plain(rule_of(finding).id, 100)), finding.message);
  }
  for (const Report& report : reports) {
    for (const JudgedGap& judged : report.gaps) {
      if (!judged.accepted) {
        text += entry(judged.gap.subject, fmt::format("gap {}", name_of(judged.gap.kind)), judged.gap.why);
      }
    }
    if (report.failure) {
      text += entry("sluice-" + report.tool, name_of(report.failure->verdict), report.failure->message);
    }
  }
  return text;
}

}  // namespace sluice::output
