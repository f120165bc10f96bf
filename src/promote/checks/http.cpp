// SPDX-License-Identifier: Apache-2.0
#include "promote/gate_asking.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

Ruling
ask(const Situation& situation, const Gate& gate)
{
  ProbeSetting setting;
  setting.kind = "http";
  setting.url = gate.http;
  setting.timeout = gate.timeout;
  return ruling_of(take(setting, "gate", context_of(situation)), fmt::format("{} answers", gate.http));
}

std::vector<Ruling>
judge(const Situation& situation)
{
  return of_gates(
      situation, [](const Gate& gate) { return !gate.http.empty(); }, ask);
}

}  // namespace

extern const Check check_http{
    .id = "http",
    .topic = Topic::service,
    .title = "an address answers well",
    .doc = "A gate with `http` asks the address, which must answer 2xx, and not with JSON that calls itself unhealthy. "
           "One that cannot be reached says nothing, and nothing is promoted on nothing.",
    .waivable = std::nullopt,
    .judge = judge};

}  // namespace sluice::promote
