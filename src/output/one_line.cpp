// SPDX-License-Identifier: Apache-2.0
//
// What editors, reviewdog and grep read: one entry is one line, `PLACE: WHAT: MESSAGE`. The first colon that a space
// follows ends the place, so a place that holds one has it escaped: no path can look like an entry of its own.
#include "base/text.hpp"
#include "finding/executable.hpp"
#include "output/escape.hpp"
#include "output/renderers.hpp"
#include "output/tally.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::output {

namespace {

constexpr std::size_t text_limit = 1500;
constexpr std::size_t place_limit = 2000;

/// What comes before the first colon that a space follows. Nor may two colons come before all that is visible: runners
/// look for them there, behind Unicode's blanks, too.
std::string
place_of(std::string_view untrusted)
{
  constexpr std::string_view colon = "\\x3a";
  const std::string spaced = plain(untrusted, place_limit) + " ";
  const std::string place = replace_all(spaced, ": ", fmt::format("{} ", colon));
  const std::string_view trimmed = trim(place);
  const std::size_t begin = trimmed.find(':');
  const std::string_view before = trimmed.substr(0, begin);
  const bool is_first =
      begin != std::string_view::npos && std::none_of(before.begin(), before.end(), [](char c) { return c > ' '; });
  return is_first ? fmt::format("{}{}{}", before, colon, trimmed.substr(begin + 1)) : std::string(trimmed);
}

std::string
entry(std::string_view untrusted_place, std::string_view what, std::string_view untrusted_message)
{
  return inert(fmt::format("{}: {}: {}", place_of(untrusted_place), what, plain(untrusted_message, text_limit))) + "\n";
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
      text += entry(executable_name(report.tool), name_of(report.failure->verdict), report.failure->message);
    }
  }
  return text;
}

}  // namespace sluice::output
