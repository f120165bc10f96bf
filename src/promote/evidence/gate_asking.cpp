// SPDX-License-Identifier: Apache-2.0
#include "promote/evidence/gate_asking.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace sluice::promote {

std::vector<Ruling>
of_gates(const Situation& situation, bool (*is_asked)(const Gate& gate),
         Ruling (*ask)(const Situation& situation, const Gate& gate))
{
  std::vector<Ruling> rulings;
  for (const auto& [name, gate] : situation.stage.gates) {
    if (is_asked(gate)) {
      rulings.push_back(ask(situation, gate));
      rulings.back().subject = name;
    }
  }
  return rulings;
}

ProbeContext
context_of(const Situation& situation)
{
  ProbeContext context;
  context.http = situation.input.services.http;
  context.process = situation.input.services.process;
  context.directory = situation.input.directory;
  context.now = situation.now;
  context.deployed_at = situation.now;
  // Nothing was deployed that could be blamed for an answer that does not come: it says as much of the way there.
  context.observer.control_answers = false;
  return context;
}

Ruling
unseen(std::string_view why)
{
  return {.answer = Answer::unseen,
          .why = ellipsis(printable(why), 300),
          .fix = "Find out why it cannot be looked at from here, and ask again"};
}

Ruling
ruling_of(const Sample& sample, std::string healthy)
{
  const std::string why = ellipsis(printable(sample.why), 300);
  switch (sample.health) {
  case Health::healthy:
    return {.why = std::move(healthy)};
  case Health::degraded:
    return {.why = fmt::format("{}, not quite well: {}", healthy, why)};
  case Health::cannot_observe:
    return unseen(sample.why);
  case Health::no_data:
  case Health::unhealthy:
    break;
  }
  return {.answer = Answer::no, .why = why};
}

}  // namespace sluice::promote
