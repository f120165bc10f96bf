// SPDX-License-Identifier: Apache-2.0
//
// A promotion as a trace of OpenTelemetry, so that it stands beside what the service itself tells of that time.
#pragma once

#include "base/json.hpp"
#include "promote/record/record.hpp"

#include <string_view>

namespace sluice::promote {

/// A span for the promotion and one below it for each step, with the looks of a watch as events: OTLP's JSON
/// (opentelemetry-proto, docs/specification.md, "JSON Protobuf Encoding": ids in hexadecimal, names in lowerCamelCase,
/// enumerations as numbers, integers of 64 bits as texts). Ids are derived from the promotion's, so that a trace that
/// is sent again is the same. `version` is Sluice's.
[[nodiscard]] Json trace_of(const Record& record, std::string_view version);

}  // namespace sluice::promote
