// SPDX-License-Identifier: Apache-2.0
#include "output/sarif_parts.hpp"

#include "base/text.hpp"
#include "output/escape.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace sluice::output {

std::string_view
level_of(Severity severity)
{
  if (severity >= Severity::high) {
    return "error";
  }
  return severity == Severity::medium ? "warning" : "note";
}

std::string_view
security_severity(Severity severity)
{
  constexpr std::array<std::string_view, 5> scores{"0.0", "2.0", "5.5", "8.0", "9.5"};
  return scores.at(static_cast<std::size_t>(severity));
}

double
sarif_rank(Severity severity)
{
  constexpr std::array<double, 5> ranks{0, 20, 55, 80, 95};
  return ranks.at(static_cast<std::size_t>(severity));
}

Json
sarif_message_object(std::string_view untrusted)
{
  const std::string text = sarif_message(join(linkless_lines(untrusted), "\n"));
  return {{"text", text.empty() ? "No message." : text}};
}

std::string
what_it_does(const RuleMeta& rule)
{
  std::string text;
  for (const std::string_view line : lines_of(trim(rule.doc.what))) {
    if (trim(line).empty()) {
      break;
    }
    text += (text.empty() ? "" : " ") + plain(trim(line));
  }
  return text.empty() ? plain(rule.title) + "." : text;
}

std::string
sarif_message(std::string_view safe)
{
  std::string text = replace_all(safe, "](", "] (");
  for (std::size_t at = 0; (at = text.find('{', at)) != std::string::npos; ++at) {
    const std::size_t end = text.find_first_not_of("0123456789", at + 1);
    if (end != std::string::npos && end > at + 1 && text[end] == '}') {
      text.insert(at + 1, 1, ' ');
    }
  }
  return text;
}

std::vector<const Judged*>
kept_results(const Report& report)
{
  std::vector<const Judged*> kept;
  for (const Judged& judged : report.judged) {
    kept.push_back(&judged);
  }
  if (kept.size() <= most_sarif_results) {
    return kept;
  }
  std::stable_sort(kept.begin(), kept.end(), [](const Judged* a, const Judged* b) {
    return std::tuple(a->disposition, b->severity) < std::tuple(b->disposition, a->severity);
  });
  kept.resize(most_sarif_results);
  std::sort(kept.begin(), kept.end());
  return kept;
}

}  // namespace sluice::output
