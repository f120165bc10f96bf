// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.hpp"
#include "finding/redactor.hpp"
#include "promote/watch/sample.hpp"

namespace sluice::promote {

/// For the ledger: what a service answered is untrusted, and is redacted.
[[nodiscard]] Json to_json(const Sample& sample, const Redactor& redactor);

/// What to_json wrote; of anything else what it has.
[[nodiscard]] Sample sample_of(const Json& json);

}  // namespace sluice::promote
