// SPDX-License-Identifier: Apache-2.0
#include "promote/commands/pictures.hpp"

#include "base/text.hpp"
#include "promote/brief.hpp"
#include "promote/json_members.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace sluice::promote {

namespace {

Standing
standing_of(Condition condition)
{
  switch (condition) {
  case Condition::confirmed:
    return Standing::good;
  case Condition::waiting:
  case Condition::running:
  case Condition::needs_operator:
  case Condition::aborted:
    return Standing::warning;
  case Condition::failed:
  case Condition::rolled_back:
    return Standing::bad;
  case Condition::none:
    break;
  }
  return Standing::plain;
}

Standing
standing_of(const Step& step)
{
  switch (step.state) {
  case Step::State::done:
    return Standing::good;
  case Step::State::failed:
    return Standing::bad;
  case Step::State::begun:
    break;
  }
  return Standing::warning;
}

using NamedStep = std::pair<std::string, const Step*>;

std::vector<NamedStep>
in_order(const Promotion& promotion)
{
  std::vector<NamedStep> steps;
  for (const auto& [name, step] : promotion.steps) {
    steps.emplace_back(name, &step);
  }
  std::stable_sort(steps.begin(), steps.end(),
                   [](const auto& a, const auto& b) { return a.second->number < b.second->number; });
  return steps;
}

}  // namespace

Section
gates_section(std::span<const Judgement> judgements)
{
  Table table{{"Answer", "Gate", "Why"}, {}};
  for (const Judgement& judgement : judgements) {
    const Ruling& ruling = judgement.ruling;
    table.rows.push_back({std::string(name_of(ruling.answer)), std::string(judgement.check->id),
                          fmt::format("{}{}{}", ruling.subject, ruling.subject.empty() ? "" : ": ", ruling.why)});
  }
  return {"Gates", "", std::move(table)};
}

Section
stages_section(const Session& session)
{
  Graph graph;
  std::map<std::string, std::size_t> indices;
  for (const auto& [name, stage] : session.options().environments) {
    const EnvironmentState& state = session.ledger.state().of(name);
    indices[name] = graph.nodes.size();
    graph.nodes.push_back({fmt::format("{}: {}{}{}", name, name_of(state.condition()), state.live ? ", live " : "",
                                       state.live ? brief(state.live->commit) : ""),
                           standing_of(state.condition())});
  }
  for (const auto& [name, stage] : session.options().environments) {
    for (const std::string& need : stage.needs) {
      if (indices.contains(need)) {
        graph.edges.push_back({indices[need], indices[name], ""});
      }
    }
  }
  return {"Stages", "", std::move(graph)};
}

Section
timeline_section(const Promotion& promotion)
{
  Timeline timeline;
  for (const auto& [name, step] : in_order(promotion)) {
    const auto end = step->state == Step::State::begun ? step->begun : step->ended;
    const std::string why = text_of(step->body, "why");
    timeline.events.push_back({step->begun, std::max(step->begun, end),
                               fmt::format("{}{}{}", name, why.empty() ? "" : ": ", why), standing_of(*step)});
  }
  const std::string what = promotion.kind == Promotion::Kind::rollback ? "Rollback" : "Promotion";
  return {fmt::format("{} of {}", what, brief(promotion.commit)),
          fmt::format("by {}{}{}", promotion.actor, promotion.reason.empty() ? "" : ": ", promotion.reason),
          std::move(timeline)};
}

std::string
text_of_steps(const Promotion& promotion)
{
  std::string text;
  for (const auto& [name, step] : in_order(promotion)) {
    const std::string why = text_of(step->body, "why");
    const double seconds = static_cast<double>(step->body["ms"].integer().value_or(0)) / 1000.0;
    text += fmt::format("  {:<15}  {:<14}  {:>6.1f} s{}{}\n", printable(name),
                        step->state == Step::State::begun ? "begun" : printable(step->outcome), seconds,
                        why.empty() ? "" : "  ", printable(why));
  }
  return text;
}

}  // namespace sluice::promote
