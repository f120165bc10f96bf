// SPDX-License-Identifier: Apache-2.0
#include "promote/commands/status_command.hpp"

#include "base/clock.hpp"
#include "base/text.hpp"
#include "promote/brief.hpp"
#include "promote/commands/live_look.hpp"
#include "promote/commands/request.hpp"
#include "promote/engine/session.hpp"
#include "promote/json_members.hpp"
#include "promote/record/open_items.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace sluice::promote {

namespace {

constexpr std::size_t most_shown = 10;

std::vector<std::string>
names_of(const StatusOptions& options, const Session& session)
{
  if (!options.environment.empty()) {
    return {options.environment};
  }
  std::set<std::string> names;
  for (const auto& [name, stage] : session.options().environments) {
    names.insert(name);
  }
  for (const auto& [name, state] : session.ledger.state().environments) {
    if (!name.empty()) {
      names.insert(name);
    }
  }
  return {names.begin(), names.end()};
}

/// What somebody who looks at it has to know beside the state.
std::string
news_of(const EnvironmentState& state, const Session& session)
{
  if (const Promotion* unfinished = state.unfinished()) {
    const Holder holder = holder_of(*unfinished, session);
    return fmt::format("{} of {} by {} since {}{}{}",
                       unfinished->kind == Promotion::Kind::rollback ? "rollback" : "promotion",
                       brief(unfinished->commit), unfinished->actor, rfc3339(unfinished->begun),
                       unfinished->question.empty() && holder.why.empty() ? "" : ": ",
                       unfinished->question.empty() ? holder.why : unfinished->question);
  }
  if (state.waiting) {
    return fmt::format("{} waits since {}: {}", brief(state.waiting->commit), rfc3339(state.waiting->since),
                       text_of(state.waiting->body, "why"));
  }
  return state.promotions.empty() ? "" : state.promotions.back().end_why;
}

/// What is left to do, but for reviews, which have lines of their own.
std::string
text_of_open(const std::string& name, const std::string& indent, const EnvironmentState& state)
{
  std::string text;
  std::size_t shown = 0;
  for (const OpenItem& item : open_items(state)) {
    if (item.item == review_item || ++shown > most_shown) {
      continue;
    }
    text += fmt::format("{}open: {} of {}{}: {}\n", indent, item.item, brief(item.commit),
                        item.due ? fmt::format(", due {}", rfc3339(*item.due)) : "", printable(item.fix(name)));
  }
  return shown <= most_shown ? text : fmt::format("{}{}and {} more are open\n", text, indent, shown - most_shown);
}

Json
json_of(const std::string& name, const EnvironmentState& state, const Session& session)
{
  Json json{{"state", name_of(state.condition())}, {"live", state.live ? Json(state.live->commit) : Json()}};
  if (state.live) {
    json.at("identity") = state.live->identity;
    json.at("since") = rfc3339(state.live->since);
    const auto verified = state.verified.find(state.live->identity);
    json.at("healthy") = verified != state.verified.end() && verified->second.was_healthy;
  }
  if (const std::string news = news_of(state, session); !news.empty()) {
    json.at("why") = news;
  }
  if (const Promotion* unfinished = state.unfinished()) {
    json.at("promotion") = Json{{"id", unfinished->id},
                                {"commit", unfinished->commit},
                                {"actor", unfinished->actor},
                                {"begun", rfc3339(unfinished->begun)}};
  }
  if (state.left_behind) {
    json.at("left_behind") = state.left_behind->commit;
  }
  if (state.lock) {
    json.at("lock") =
        Json{{"actor", state.lock->actor}, {"reason", state.lock->reason}, {"since", rfc3339(state.lock->since)}};
  }
  if (!state.unreviewed.empty()) {
    json.at("unreviewed_emergencies") = Json::array_of(state.unreviewed);
  }
  if (const auto open = open_items(state); !open.empty()) {
    json.at("open") = Json::array_of(open, [&name](const OpenItem& item) { return json_of(item, name); });
  }
  return json;
}

std::string
text_of_one(const std::string& name, std::size_t width, const EnvironmentState& state, const Session& session)
{
  std::string live = "nothing";
  if (state.live) {
    live = fmt::format("{} since {}", brief(state.live->commit), rfc3339(state.live->since));
  }
  std::string text =
      fmt::format("{:<{}}  {:<14}  live: {}\n", printable(name), width, name_of(state.condition()), live);
  const std::string indent(width + 2, ' ');
  if (const std::string news = news_of(state, session); !news.empty()) {
    text += fmt::format("{}{}\n", indent, printable(news));
  }
  if (state.left_behind && state.unfinished() == nullptr) {
    text += fmt::format("{}{} was left behind and may be what is out there: sluice promote rollback --environment {}\n",
                        indent, brief(state.left_behind->commit), printable(name));
  }
  if (state.lock) {
    text +=
        fmt::format("{}locked by {} since {}{}{}\n", indent, printable(state.lock->actor), rfc3339(state.lock->since),
                    state.lock->reason.empty() ? "" : ": ", printable(state.lock->reason));
  }
  for (const std::string& id : state.unreviewed) {
    text += fmt::format(
        "{}an emergency waits for its review: sluice promote review --environment {} --promotion {} --reason TEXT\n",
        indent, printable(name), brief(id));
  }
  return text + text_of_open(name, indent, state);
}

std::string
text_of_look(const LiveLook& look, std::size_t width)
{
  return fmt::format("{}looked at now: {}{}{}\n", std::string(width + 2, ' '), name_of(look.conclusion),
                     look.why.empty() ? "" : ": ", printable(look.why));
}

}  // namespace

Result<gate::CommandOutcome>
status_command(const StatusOptions& options, const gate::CommandInput& input)
{
  TRY_ASSIGN(Session session, open_session(input));
  TRY(check_environment(session, options.environment));
  const std::vector<std::string> names = names_of(options, session);
  gate::CommandOutcome outcome;
  if (const auto damage = damage_of(session)) {
    outcome.verdict = damage->verdict;
    outcome.note = fmt::format("{}\n", damage->why);
  }
  std::size_t width = 0;
  for (const std::string& name : names) {
    width = std::max(width, name.size());
  }
  Json environments = Json::object();
  for (const std::string& name : names) {
    std::optional<LiveLook> look;
    if (options.probe) {
      TRY_ASSIGN(look, look_at_live(session, name));
    }
    const EnvironmentState& state = session.ledger.state().of(name);
    environments.at(name) = json_of(name, state, session);
    outcome.output += text_of_one(name, width, state, session);
    if (look) {
      environments.at(name).at("look") = json_of(*look);
      outcome.output += text_of_look(*look, width);
      outcome.verdict = std::max(outcome.verdict, verdict_of(*look));
    }
  }
  if (input.format == "json") {
    outcome.output = Json{{"environments", std::move(environments)}}.dump(2, JsonText::ascii) + "\n";
  }
  return outcome;
}

}  // namespace sluice::promote
