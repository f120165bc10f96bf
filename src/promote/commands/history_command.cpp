// SPDX-License-Identifier: Apache-2.0
#include "promote/commands/history_command.hpp"

#include "base/clock.hpp"
#include "base/text.hpp"
#include "promote/brief.hpp"
#include "promote/commands/dora_report.hpp"
#include "promote/commands/request.hpp"
#include "promote/engine/session.hpp"
#include "promote/json_members.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

bool
is_wanted(const Entry& entry, const HistoryOptions& options)
{
  return options.environment.empty() || entry.environment == options.environment;
}

std::string
line_of(const Entry& entry)
{
  const std::string why = text_of(entry.body, "why");
  const std::string commit = brief(text_of(entry.body, "commit"));
  return fmt::format("{:>6}  {}  {}{}{}  {}{}{}\n", entry.number, rfc3339(entry.at), headline(entry),
                     commit.empty() ? "" : " ", printable(commit), printable(entry.actor), why.empty() ? "" : ": ",
                     printable(why));
}

gate::CommandOutcome
verified(const Session& session, std::string_view format)
{
  std::vector<std::string> problems = session.ledger.state().faults;
  if (session.ledger.damage()) {
    problems.push_back(*session.ledger.damage());
  }
  const auto entries = session.ledger.entries();
  gate::CommandOutcome outcome;
  outcome.verdict = problems.empty() ? Verdict::pass : Verdict::fail;
  if (format == "json") {
    outcome.output = Json{{"entries", entries.size()},
                          {"newest", entries.empty() ? Json() : Json(entries.back().id.hex())},
                          {"problems", Json::array_of(problems)}}
                         .dump(2, JsonText::ascii)
                     + "\n";
    return outcome;
  }
  for (const std::string& problem : problems) {
    outcome.output += fmt::format("{}\n", printable(problem));
  }
  outcome.output += fmt::format("{}: {} in {}{}\n", problems.empty() ? "intact" : "NOT INTACT",
                                counted(entries.size(), "entry", "entries"), session.ledger.where(),
                                entries.empty() ? "" : fmt::format(", the newest {}", entries.back().id.hex()));
  return outcome;
}

std::string
listed(const Session& session, const HistoryOptions& options, std::string_view format)
{
  std::string text;
  Json entries = Json::array();
  for (const Entry& entry : session.ledger.entries()) {
    if (!is_wanted(entry, options)) {
      continue;
    }
    if (format == "json") {
      entries.push_back(json_of(entry));
    } else {
      text += line_of(entry);
    }
  }
  return format == "json" ? Json{{"entries", std::move(entries)}}.dump(2, JsonText::ascii) + "\n" : text;
}

}  // namespace

Result<gate::CommandOutcome>
history_command(const HistoryOptions& options, const gate::CommandInput& input)
{
  TRY_ASSIGN(const Session session, open_session(input));
  TRY(check_environment(session, options.environment));
  if (options.verify) {
    return verified(session, input.format);
  }
  gate::CommandOutcome outcome;
  outcome.output =
      options.dora ? dora_report(session, options.environment, input.format) : listed(session, options, input.format);
  if (const auto& damage = session.ledger.damage()) {
    outcome.verdict = Verdict::fail;
    outcome.note = fmt::format("the ledger is not what it was: {}\n", *damage);
  }
  return outcome;
}

}  // namespace sluice::promote
