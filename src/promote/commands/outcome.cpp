// SPDX-License-Identifier: Apache-2.0
#include "promote/commands/outcome.hpp"

#include "base/clock.hpp"
#include "base/shell.hpp"
#include "base/text.hpp"
#include "promote/commands/ending_rules.hpp"
#include "promote/commands/pictures.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

Finding
finding_of(const Ending& ending, const std::string& environment, const std::string& commit)
{
  Finding finding;
  finding.rule = &rule_of(ending);
  finding.message = fmt::format("{}: {}{}{}", environment, ending.what, ending.why.empty() ? "" : ": ", ending.why);
  finding.help = ending.fix;
  finding.subject = fmt::format("environment:{}", environment);
  finding.where.commit = commit;
  finding.fingerprint = make_fingerprint(finding.rule->id, std::to_array<std::string_view>({environment, commit}));
  return finding;
}

void
tell(const Ending& ending, const std::string& environment, const std::string& commit, Findings& findings)
{
  const std::string text = fmt::format("{}: {}", ending.what, ending.why);
  switch (ending.verdict) {
  case Verdict::fail:
    findings.found.push_back(finding_of(ending, environment, commit));
    return;
  case Verdict::incomplete:
  case Verdict::unavailable:
    findings.gaps.push_back(
        {ending.what == "waiting" ? GapKind::waiting : GapKind::unobserved, environment, text, ending.fix});
    return;
  default:
    findings.notices.push_back(
        fmt::format("{}: {}{}{}", environment, ending.what, ending.why.empty() ? "" : ": ", ending.why));
    if (!ending.fix.empty()) {
      findings.notices.push_back(ending.fix);
    }
  }
}

const Promotion*
last_of(const Session& session, const std::string& environment)
{
  const auto& promotions = session.ledger.state().of(environment).promotions;
  return promotions.empty() ? nullptr : &promotions.back();
}

/// Whether an ending is that of the newest promotion, and not of a call that did nothing to it.
bool
tells_of_it(const Ending& ending, const Promotion* last)
{
  if (last == nullptr) {
    return false;
  }
  const bool is_parked = ending.what == "waiting" && last->is_parked;
  return is_parked || ending.what == name_of(EntryKind::confirmed) || ending.what == name_of(EntryKind::rolled_back)
         || ending.what == name_of(EntryKind::failed) || ending.what == "needs a person" || ending.what == "stopped";
}

/// What whoever called it reads on a terminal.
std::string
text_of(const Ending& ending, const Session& session, const AskedFor& asked)
{
  const std::string& environment = asked.environment;
  std::string text;
  for (const Judgement& judgement : asked.judgements) {
    const Ruling& ruling = judgement.ruling;
    text += fmt::format("  {:<11}  {:<16}  {}{}{}\n", name_of(ruling.answer), judgement.check->id,
                        printable(ruling.subject), ruling.subject.empty() ? "" : ": ", printable(ruling.why));
  }
  if (const Promotion* last = last_of(session, environment); tells_of_it(ending, last)) {
    text += text_of_steps(*last);
  }
  text += text.empty() ? "" : "\n";
  text += fmt::format("{}: {}{}{}\n", environment, ending.what, ending.why.empty() ? "" : ": ", printable(ending.why));
  for (const std::string_view line : lines_of(ending.fix)) {
    text += fmt::format("  fix   {}\n", printable(line));
  }
  const auto& live = session.ledger.state().of(environment).live;
  return text
         + fmt::format("  live  {}\n",
                       live ? fmt::format("{} since {}", live->commit, rfc3339(live->since)) : "nothing");
}

}  // namespace

gate::CommandOutcome
outcome_of(const Ending& ending, const Session& session, const AskedFor& asked)
{
  const std::string& environment = asked.environment;
  const EnvironmentState& here = session.ledger.state().of(environment);
  const Promotion* last = last_of(session, environment);
  Findings findings;
  findings.basis = Basis::files;
  const std::string commit = asked.commit.empty() && last != nullptr ? last->commit : asked.commit;
  tell(ending, environment, commit, findings);
  findings.notices.push_back(
      here.live ? fmt::format("live in {}: {} since {}", environment, here.live->commit, rfc3339(here.live->since))
                : fmt::format("live in {}: nothing", environment));
  findings.coverage = {fmt::format("promotion to {}", environment),
                       {{asked.judgements.size(), "gates"},
                        {session.ledger.entries().size(), "ledger entries"},
                        {session.options().environments.size(), "environments"}}};
  if (!asked.judgements.empty()) {
    findings.sections.push_back(gates_section(asked.judgements));
  }
  findings.sections.push_back(stages_section(session));
  if (tells_of_it(ending, last)) {
    findings.sections.push_back(timeline_section(*last));
  }
  return {.output = text_of(ending, session, asked),
          .verdict = ending.verdict,
          .findings = std::move(findings),
          .decider = gate::Decider::command,
          .repeat = commit.empty() ? std::string()
                                   : fmt::format("sluice promote plan --environment {} --commit {}",
                                                 shell_word(environment), commit)};
}

}  // namespace sluice::promote
