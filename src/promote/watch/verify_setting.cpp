// SPDX-License-Identifier: Apache-2.0
#include "promote/watch/verify_setting.hpp"

#include "promote/watch/limits.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

using config::Trust;
using std::chrono::milliseconds;

constexpr milliseconds longest = std::chrono::hours(24 * 7);

void
describe_pace(Verify& verify, config::OptionTable& table)
{
  table.number(verify.count, 0, 100'000,
               {.key = "count",
                .value = "N",
                .help = "Samples after which the watch ends; 0: it lasts as long as `watch`.",
                .trust = Trust::base_ref});
  table.number(verify.consecutive, 1, 1000,
               {.key = "consecutive",
                .value = "N",
                .help = "Bad samples in a row that make a release unhealthy, never more than are taken. "
                        "Without such a row it is healthy if the last sample is, and at most one or a quarter of the "
                        "others is bad or degraded.",
                .trust = Trust::base_ref});
  table.duration(verify.interval, {}, longest,
                 {.key = "interval", .value = "DURATION", .help = "Between two samples.", .trust = Trust::base_ref});
  table.duration(verify.delay, {}, longest,
                 {.key = "delay", .value = "DURATION", .help = "Before the first sample.", .trust = Trust::base_ref});
  table.duration(verify.watch, {}, longest,
                 {.key = "watch",
                  .value = "DURATION",
                  .help = "How long a release is watched, without `count`.",
                  .trust = Trust::base_ref});
  table.duration(
      verify.timeout, milliseconds(1), std::chrono::hours(1),
      {.key = "timeout", .value = "DURATION", .help = "How long one sample may take.", .trust = Trust::base_ref});
}

void
describe_reactions(Verify& verify, config::OptionTable& table)
{
  const auto reaction = [&table](auto& target, std::string_view key, std::string_view help) {
    table.choice(target, {.key = key, .value = "WHAT", .help = help, .trust = Trust::base_ref});
  };
  table.choice(verify.version, {.key = "version",
                                .value = "WHICH",
                                .help = "Which version must answer: the commit that was promoted, where an answer "
                                        "names one, or any.",
                                .trust = Trust::base_ref});
  reaction(verify.on_unhealthy, "on_unhealthy", "What is done about a release that is unhealthy.");
  reaction(verify.on_inconclusive, "on_inconclusive", "What is done where the samples do not say enough.");
  reaction(verify.on_cannot_observe, "on_cannot_observe", "What is done where the observer is cut off.");
  reaction(verify.on_no_data, "on_no_data", "What is done where nothing had a value.");
}

}  // namespace

void
describe(Verify& verify, config::OptionTable& table)
{
  table.text(verify.url, {.key = "url",
                          .value = "URL",
                          .help = "Health address: a 2xx answer is healthy; JSON of the health contract says more.",
                          .trust = Trust::base_ref});
  table.text(verify.control, {.key = "control",
                              .value = "URL",
                              .help = "An address that answers unless the observer is cut off.",
                              .trust = Trust::base_ref});
  static const std::string about_presets = fmt::format("Thresholds by name: {}.", fmt::join(names_of_presets(), ", "));
  table.list(verify.presets, {.key = "presets", .value = "NAME", .help = about_presets, .trust = Trust::base_ref});
  table.text_map(verify.limits, {.key = "limits",
                                 .value = "NAME=LIMIT",
                                 .help = "What a measure of that name must keep: `at most 80`, `below 0.01`, `at least "
                                         "99.9` or `above 0`.",
                                 .trust = Trust::base_ref});
  describe_pace(verify, table);
  table.real(
      verify.baseline_ms, 0, 1e9,
      {.key = "baseline_ms",
       .value = "MS",
       .help = "Latency before the change; 0: measured before the deployment, and for hooks and commands in the last "
               "watch that ended well.",
       .trust = Trust::base_ref});
  table.real(
      verify.slower, 0, 1000,
      {.key = "slower",
       .value = "SHARE",
       .help = "By how much of the baseline latency may grow; 5 ms more than one that was measured are no growth.",
       .trust = Trust::base_ref});
  table.real(
      verify.error_rate, 0, 1,
      {.key = "error_rate", .value = "SHARE", .help = "Share of requests that may fail.", .trust = Trust::base_ref});
  table.real(verify.latency_ms, 0, 1e9,
             {.key = "latency_ms",
              .value = "MS",
              .help = "Latency that a sample may have; 0: any.",
              .trust = Trust::base_ref});
  table.number(verify.minimum_requests, 0, 1'000'000'000,
               {.key = "minimum_requests",
                .value = "N",
                .help = "Requests without which an interval says nothing.",
                .trust = Trust::base_ref});
  table.number(verify.minimum_samples, 1, 100'000,
               {.key = "minimum_samples",
                .value = "N",
                .help = "Samples with a value without which a watch says nothing.",
                .trust = Trust::base_ref});
  describe_reactions(verify, table);
  table.record_map(
      verify.probes,
      {.key = "probes", .value = "PROBE", .help = "Further looks at the service, by name.", .trust = Trust::base_ref});
}

}  // namespace sluice::promote
