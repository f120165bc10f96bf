// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace sluice::promote {

/// What `expected` of a fixture of a probe holds (gate::Kind::render): the sample that the probe makes of recorded
/// replies. `input` is JSON: `setting`, whose keys are those of a probe; `reply`, or `replies`, with `loss`, `why`,
/// `status`, `headers`, `body` (a text, its lines, or JSON that is one), `error_output`, `url`, `latency_ms`,
/// `certificate_ends`; and `context` with `now`, `deployed_at`, `since`, `expected`, `answered_before`,
/// `control_answers`. Errors: the input cannot be read, or the setting is not well formed.
[[nodiscard]] Result<std::string> probe_listing(std::string_view id, const std::filesystem::path& input);

}  // namespace sluice::promote
