// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/enum_names.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sluice::promote {

/// What one look at a service says. Ordered by what counts when several are put together: what is known to be bad
/// outranks what could not be seen.
enum class Health {
  healthy,
  degraded,        ///< a part of it is not well: warn, and look on
  no_data,         ///< asked, and had no value: never healthy
  cannot_observe,  ///< the observer is cut off, which says nothing of the service
  unhealthy,
};

/// A part of a service, as its health endpoint names it.
struct Component
{
  std::string name;
  Health health = Health::healthy;
  std::optional<double> latency_ms;
};

/// One look at a release: what a probe found.
struct Sample
{
  std::chrono::sys_seconds at;
  std::string probe;  ///< its name in the pipeline
  Health health = Health::no_data;
  std::string why;                     ///< a clause; empty of what is healthy
  std::optional<std::string> version;  ///< that answered
  std::optional<double> latency_ms;
  std::optional<std::uint64_t> requests;  ///< since the sample before
  std::optional<std::uint64_t> errors;    ///< of these
  std::optional<double> value;            ///< of a single number, such as a query's; may be infinite, never NaN
  std::string measure;                    ///< what `value` is, by the name of its limit; empty: as the probe is called
  std::vector<Component> components;
  std::string answer;  ///< the first 2 KiB of what was answered, for the record; redacted where it is written
  std::string ledger_entry =
      {};  ///< id of the ledger's entry that brought the release, as it answers; empty: it does not say
  std::optional<double> p95_ms = {};  ///< of a sample of several requests, whose median `latency_ms` is
  std::optional<double> p99_ms = {};
  bool is_number_alone = false;  ///< it says no more than `value`, which only a limit calls good or bad
  bool is_repeated = false;  ///< nothing newer was there: it is the probe's last one once more, with the same numbers
};

}  // namespace sluice::promote

namespace sluice {

template<> struct EnumNames<promote::Health>
{
  static constexpr std::array<std::string_view, 5> names{"healthy", "degraded", "no-data", "cannot-observe",
                                                         "unhealthy"};
};

}  // namespace sluice
