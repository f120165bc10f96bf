// SPDX-License-Identifier: Apache-2.0
//
// What services say of themselves, by HTTP, by a command's output or in a pushed sample:
//   {"status": "healthy", "version": "3f2a1bc", "latency_ms": 12, "requests": 100, "errors": 0, "value": 1.5,
//    "checks": {"database": {"ok": true, "latency_ms": 3}, "storage": {"status": "pass"}},
//    "ledger_entry": "9c1f…"}
// Each key may be absent. `ok` is a truth instead of a status, or a status too: {"ok": false}. A check may also be a
// truth, a status, or a list of checks, as application/health+json has it. `ledger_entry` is what the hook that
// deployed it was given as SLUICE_PROMOTION, or as SLUICE_LEDGER_ENTRY.
#pragma once

#include "base/json.hpp"
#include "promote/watch/sample.hpp"

#include <string_view>

namespace sluice::promote {

struct ContractReading
{
  Sample sample;
  bool says_something = false;  ///< has one of the keys
};

/// Of an object; of anything else it says nothing. Healthy unless it says otherwise. With checks it is degraded when
/// some are not well and unhealthy when none is, whatever `status` says, unless that is worse. A status of another
/// vocabulary is no data: what is not understood is not healthy.
[[nodiscard]] ContractReading read_contract(const Json& json, std::string_view version_path);

}  // namespace sluice::promote
