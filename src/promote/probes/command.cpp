// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "promote/probe/probe_contract.hpp"
#include "promote/probe/probe_reply.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

std::vector<Reply>
look(const ProbeSetting& setting, const ProbeContext& context)
{
  return {run(setting, context, {.argv = setting.run})};
}

/// What it says, whatever its exit status.
Sample
read_output(const ProbeSetting& setting, const Reply& reply)
{
  if (trim(reply.body).empty()) {
    return sample_of(Health::no_data, "it printed nothing");
  }
  const auto json = Json::parse(reply.body, {.bytes = most_answered});
  if (!json || !json->is_object()) {
    return sample_of(Health::no_data,
                     fmt::format("what it printed is {}", json ? "no JSON object" : json.error().message));
  }
  ContractReading reading = read_contract(*json, setting.version_path);
  return reading.says_something ? std::move(reading.sample)
                                : sample_of(Health::no_data, "what it printed says nothing of a service");
}

Sample
read(const ProbeSetting& setting, const Reply& reply, const ProbeContext& context)
{
  if (reply.loss) {
    return sample_of_loss(reply, context.observer);
  }
  if (reply.status == cannot_tell) {
    return sample_of(Health::cannot_observe, complaint_of(reply));
  }
  Sample sample = read_output(setting, reply);
  if (reply.status != 0) {
    const bool says_why = sample.health != Health::no_data && !sample.why.empty();
    sample.why = says_why ? fmt::format("exit status {}: {}", reply.status, sample.why) : complaint_of(reply);
    sample.health = Health::unhealthy;
  }
  return sample;
}

}  // namespace

extern const Probe probe_command{
    .id = "command",
    .title = "a command's word",
    .doc = "Runs a command that prints JSON of the health contract: `status`, `version`, `latency_ms`, `requests`, "
           "`errors`, `value`, `checks`. Exit status 75 says that it could not look, any other but 0 that the service "
           "is unhealthy. Nothing printed, or no JSON, is no data and never healthy.",
    .gives_value = true,
    .gives_latency = true,
    .look = look,
    .read = read};

}  // namespace sluice::promote
