// SPDX-License-Identifier: Apache-2.0
//
// What a service, a program or a file answers to a probe: the first byte chooses the probe, the second how it came, the
// rest is the answer. Whatever it is, nothing that is healthy has a reason, no number is NaN, no text is without bound,
// and the same answer reads the same again.
#include "fuzz/require.hpp"
#include "promote/probe.hpp"

#include <algorithm>
#include <cmath>

namespace {

using namespace sluice::promote;

ProbeSetting
setting_of(const Probe& probe)
{
  ProbeSetting setting;
  setting.kind = probe.id;
  setting.json = {{"a.b[0]", "1"}};
  setting.file = probe.id == "log" ? "a.log" : "";
  return setting;
}

/// A status line's number, then lines of headers for who reads these, then the body.
Reply
reply_of(std::uint8_t way, std::string_view text)
{
  Reply reply;
  reply.status = (way & 1U) != 0 ? 200 : way;
  reply.body = text;
  reply.error_output = (way & 2U) != 0 ? text : std::string_view();
  reply.url = "http://shop.example/";
  for (const char* name : {"location", "content-security-policy", "strict-transport-security", "content-type"}) {
    if ((way & 4U) != 0) {
      reply.headers.push_back({name, std::string(text.substr(0, 4096))});
    }
  }
  return reply;
}

void
check(const Sample& sample)
{
  require(sample.health != Health::healthy || sample.why.empty());
  require(sample.health == Health::healthy || !sample.why.empty());
  require(!sample.value || !std::isnan(*sample.value));
  require(!sample.latency_ms || (std::isfinite(*sample.latency_ms) && *sample.latency_ms >= 0));
  require(sample.why.size() <= 300 && sample.answer.size() <= 2048);
  require(!sample.version || (!sample.version->empty() && sample.version->size() <= 300));
  require(sample.components.size() <= 200);
  require(!sample.requests || !sample.errors || *sample.errors <= *sample.requests);
}

}  // namespace

extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  if (size < 2) {
    return 0;
  }
  const Probe& probe = *probes()[data[0] % probes().size()];
  const ProbeSetting setting = setting_of(probe);
  const Reply reply = reply_of(data[1], {reinterpret_cast<const char*>(data) + 2, size - 2});
  ProbeContext context;
  context.now = std::chrono::sys_seconds(std::chrono::seconds(1'795'773'900));
  context.deployed_at = context.now - std::chrono::minutes(5);
  context.expected = (data[1] & 8U) != 0 ? "3f2a1bc9d0" : "";
  const Sample sample = conclude(setting, "it", {&reply, 1}, context);
  check(sample);
  const Sample again = conclude(setting, "it", {&reply, 1}, context);
  require(sample.health == again.health && sample.why == again.why && sample.value == again.value);
  const std::vector<Reply> both{reply, reply_of(1, R"({"status":"ok"})")};
  check(conclude(setting, "it", both, context));
  return 0;
}
