// SPDX-License-Identifier: Apache-2.0
#include "env/usage_command.hpp"

#include "base/json_text.hpp"
#include "base/text.hpp"
#include "env/disk_survey.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::env {

namespace {

Json
json_of(const std::string& prefix, const std::string& path, std::uint32_t line)
{
  return {{"path", path.empty() ? path : prefix + path}, {"line", line}};
}

/// Reads by programs first, then where a platform's store is asked.
Json
reads_of(const VariableUsage& variable, const std::string& prefix)
{
  std::vector<ReadPlace> reads = variable.reads;
  reads.insert(reads.end(), variable.stored.begin(), variable.stored.end());
  return Json::array_of(reads, [&](const ReadPlace& read) { return json_of(prefix, read.path, read.sighting->line); });
}

Json
json_of(const VariableUsage& variable, const std::string& prefix)
{
  return {{"name", variable.name},
          {"reads", reads_of(variable, prefix)},
          {"declared", Json::array_of(variable.declared,
                                      [&](const DeclaredPlace& at) { return json_of(prefix, at.path, at.line); })},
          {"verdict", name_of(variable.verdict)}};
}

Verdict
verdict_of(const Survey& survey)
{
  const bool is_wrong = std::any_of(survey.usage.begin(), survey.usage.end(), [](const auto& each) {
    return each.second.verdict == UsageVerdict::undeclared || each.second.verdict == UsageVerdict::unused;
  });
  if (is_wrong) {
    return Verdict::fail;
  }
  return survey.gaps.empty() ? Verdict::pass : Verdict::incomplete;
}

}  // namespace

Result<gate::CommandOutcome>
usage_command(const gate::NoOptions& /*none*/, const gate::CommandInput& input)
{
  TRY_ASSIGN(const DiskSurvey disk, survey_disk(input));
  const Survey& survey = *disk.survey;
  gate::CommandOutcome outcome;
  outcome.output = json_text({{"variables", Json::array_of(survey.usage, [&](const auto& each) {
                                 return json_of(each.second, survey.prefix);
                               })}});
  for (const Gap& gap : survey.gaps) {
    outcome.note += fmt::format("not known: {}: {}\n", printable(gap.subject), gap.why);
  }
  if (const std::string why = why_none_is_unused(survey); !why.empty()) {
    outcome.note += why + "\n";
  }
  outcome.verdict = verdict_of(survey);
  return outcome;
}

}  // namespace sluice::env
