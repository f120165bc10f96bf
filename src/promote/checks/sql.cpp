// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "promote/evidence/gate_asking.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

/// The probe has the server end what takes too long, which is no answer to what was asked.
bool
has_run_out_of_time(const Sample& sample)
{
  return sample.health == Health::unhealthy && sample.why.find("due to statement timeout") != std::string::npos;
}

Ruling
ask(const Situation& situation, const Gate& gate)
{
  ProbeSetting setting;
  setting.kind = "sql";
  setting.query = gate.sql;
  setting.database = gate.database;
  setting.timeout = gate.timeout;
  const Sample sample = take(setting, "gate", context_of(situation));
  if (sample.health == Health::healthy && sample.value && *sample.value <= 0) {
    return {.answer = Answer::no, .why = fmt::format("the query says {}, which is not above 0", *sample.value)};
  }
  return has_run_out_of_time(sample) ? unseen(sample.why) : ruling_of(sample, "the query says yes");
}

std::vector<Ruling>
judge(const Situation& situation)
{
  return of_gates(
      situation, [](const Gate& gate) { return !gate.sql.empty(); }, ask);
}

}  // namespace

extern const Check check_sql{
    .id = "sql",
    .topic = Topic::service,
    .title = "a query says yes",
    .doc = "A gate with `sql` asks its `database`, in a transaction that cannot write. The first value must be true or "
           "a number above 0; null and no row are a no. Of a server that cannot be reached, or does not answer in "
           "time, nothing is known.",
    .waivable = std::nullopt,
    .judge = judge};

}  // namespace sluice::promote
