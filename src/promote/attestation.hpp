// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "promote/check.hpp"

#include <string>
#include <string_view>

namespace sluice::promote {

/// Item of the attestation that whoever must be told was told: "notified:team".
[[nodiscard]] std::string notice_item(std::string_view who);

/// Whether the newest attestation of the item for the commit counts: it has not ended (`until` of its entry) and is not
/// older than `gate.max_age`. Without one it waits, for a person.
[[nodiscard]] Ruling judge_attestation(const Situation& situation, const Gate& gate, std::string_view item);

}  // namespace sluice::promote
