// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "promote/evidence/gate_asking.hpp"
#include "promote/probe/probe_reply.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

std::string
last_line(std::string_view output)
{
  const auto lines = lines_of(trim(output));
  return lines.empty() ? std::string() : ellipsis(printable(trim(lines.back())), 200);
}

Ruling
conclude(const Reply& reply)
{
  const std::string said = last_line(trim(reply.body).empty() ? reply.error_output : reply.body);
  const std::string behind = said.empty() ? "" : ": " + said;
  if (reply.loss) {
    return unseen(reply.why);
  }
  if (reply.status == 0) {
    return {.why = "the command says yes" + behind};
  }
  if (reply.status == cannot_tell) {
    return {.answer = Answer::wait, .why = "a person must decide" + behind};
  }
  return {.answer = Answer::no, .why = fmt::format("the command says no (status {}){}", reply.status, behind)};
}

Ruling
ask(const Situation& situation, const Gate& gate)
{
  ProbeSetting setting;
  setting.kind = "command";
  setting.timeout = gate.timeout;
  ProbeContext context = context_of(situation);
  Environment variables = context.process == nullptr ? Environment() : *context.process;
  variables["SLUICE_ENVIRONMENT"] = situation.environment;
  variables["SLUICE_COMMIT"] = situation.commit;
  variables["SLUICE_IDENTITY"] = situation.identity;
  context.process = &variables;
  return conclude(run(setting, context, {.argv = gate.command}));
}

std::vector<Ruling>
judge(const Situation& situation)
{
  return of_gates(
      situation, [](const Gate& gate) { return !gate.command.empty(); }, ask);
}

}  // namespace

extern const Check check_command{
    .id = "command",
    .topic = Topic::service,
    .title = "a command says yes",
    .doc = "A gate with `command` runs a program with SLUICE_ENVIRONMENT, SLUICE_COMMIT and SLUICE_IDENTITY. Status 0 "
           "is yes, 75 that a person must decide, any other no; the last line that it prints is told. One that "
           "is not there or does not end in time says nothing. It is run whenever somebody asks, by `plan` too, so it "
           "must change nothing.",
    .waivable = std::nullopt,
    .judge = judge};

}  // namespace sluice::promote
