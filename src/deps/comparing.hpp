// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/command.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace sluice::deps {

/// `compare ECOSYSTEM [A B]`.
[[nodiscard]] Result<gate::CommandOutcome> compare_versions(const gate::NoOptions& options,
                                                            const gate::CommandInput& input);

/// `admits ECOSYSTEM [RANGE VERSION]`: y, n, or ? where it cannot be told.
[[nodiscard]] Result<gate::CommandOutcome> tell_admission(const gate::NoOptions& options,
                                                          const gate::CommandInput& input);

/// For fixtures/deps/schemes/<id>: `input` is a file with two versions a line, a tab between, and the answer is
/// "A < B", with `?` where one is no version or the two have no order.
[[nodiscard]] Result<std::string> scheme_listing(std::string_view id, const std::filesystem::path& input);

}  // namespace sluice::deps
