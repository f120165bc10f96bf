// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/section.hpp"
#include "promote/check.hpp"
#include "promote/engine/session.hpp"

#include <span>

namespace sluice::promote {

/// What each gate said.
[[nodiscard]] Section gates_section(std::span<const Judgement> judgements);

/// The environments of the pipeline, which needs which, and how each fares.
[[nodiscard]] Section stages_section(const Session& session);

/// When each step of a promotion was.
[[nodiscard]] Section timeline_section(const Promotion& promotion);

/// The same as lines of a terminal.
[[nodiscard]] std::string text_of_steps(const Promotion& promotion);

}  // namespace sluice::promote
