// SPDX-License-Identifier: Apache-2.0
//
// What is looked at after a deployment, and how long. Which of it is unhealthy is a question of single samples
// (probe/), whether the release is one of many (watch.hpp).
#pragma once

#include "base/enum_names.hpp"
#include "config/option_table.hpp"
#include "promote/probe/probe_setting.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace sluice::promote {

/// What is done about a watch that does not end healthy.
enum class Reaction {
  rollback,
  ask,     ///< a person
  warn,    ///< and confirm: what is minor is mended forward
  extend,  ///< watch once more as long, then ask
};

/// The same of a watch that saw nothing. There is no `warn`: nobody saw that the release is well.
enum class UnseenReaction { rollback, ask, extend };

/// Which version must answer.
enum class VersionCheck { commit, any };

struct Verify
{
  std::string url;                            ///< answered with 2xx, and JSON of the health contract if it is JSON
  std::string control;                        ///< an address that answers if the observer is not cut off
  std::vector<std::string> presets;           ///< names of the seeds' thresholds
  std::map<std::string, std::string> limits;  ///< further ones, and other numbers for presets (limits.hpp)
  std::int64_t count = 0;                     ///< samples; 0: as many as the watch has room for
  std::int64_t consecutive = 3;               ///< bad samples in a row that make a release unhealthy
  std::chrono::milliseconds interval{std::chrono::seconds(15)};
  std::chrono::milliseconds delay{};                            ///< before the first
  std::chrono::milliseconds watch{std::chrono::minutes(15)};    ///< without a count
  std::chrono::milliseconds timeout{std::chrono::seconds(10)};  ///< of one sample
  double baseline_ms = 0;                       ///< latency before the change; 0: measured before the deployment
  double slower = 0.5;                          ///< share by which latency may grow over the baseline (latency.hpp)
  double error_rate = 0.01;                     ///< share of requests that may fail
  double latency_ms = 3000;                     ///< of one sample; 0: any
  std::int64_t minimum_requests = 0;            ///< in the last interval; fewer is cannot observe
  std::int64_t minimum_samples = 1;             ///< with a value
  VersionCheck version = VersionCheck::commit;  ///< of an answer that names one
  Reaction on_unhealthy = Reaction::rollback;
  Reaction on_inconclusive = Reaction::extend;
  UnseenReaction on_cannot_observe = UnseenReaction::ask;
  UnseenReaction on_no_data = UnseenReaction::ask;  ///< nothing was cut off, and nothing had a value
  std::map<std::string, ProbeSetting> probes;       ///< further looks of each sample, by name
  std::string origin;
};

void describe(Verify& verify, config::OptionTable& table);

}  // namespace sluice::promote

namespace sluice {

template<> struct EnumNames<promote::Reaction>
{
  static constexpr std::array<std::string_view, 4> names{"rollback", "ask", "warn", "extend"};
};

template<> struct EnumNames<promote::UnseenReaction>
{
  static constexpr std::array<std::string_view, 3> names{"rollback", "ask", "extend"};
};

template<> struct EnumNames<promote::VersionCheck>
{
  static constexpr std::array<std::string_view, 2> names{"commit", "any"};
};

}  // namespace sluice
