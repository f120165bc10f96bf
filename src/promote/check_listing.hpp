// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace sluice::promote {

/// What `expected` of a fixture of a check holds (gate::Kind::render): its rulings, a line each with what belongs to it
/// below, or "not asked". `input` is JSON: `stage` and `zone`, whose keys are those of a pipeline; `commit`,
/// `identity`, `plan`, `now`, `actor`, `reason`, `emergency`; `entries` of the ledger and those that are `brought`,
/// each with `at`, `kind`, `actor`, `environment`, the number of the entry that began its `promotion`, and its body;
/// `platform`, with `kind`, `who` and `at` of each word. There is neither a repository nor a service. Errors: the input
/// cannot be read, or the stage is not well formed.
[[nodiscard]] Result<std::string> check_listing(std::string_view id, const std::filesystem::path& input);

}  // namespace sluice::promote
