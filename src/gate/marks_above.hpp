// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/marks.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace sluice::gate {

/// The mark that allows what begins at `offset` of `text`: on its line, on the line before, or on the line before the
/// block in which it lies. Of several one that names the rule and gives a reason goes before others.
[[nodiscard]] std::optional<InlineAllow> allow_at(std::string_view text, std::size_t offset, std::string_view rule_id,
                                                  PeerMarks peers);

}  // namespace sluice::gate
