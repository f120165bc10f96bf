// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/section.hpp"
#include "git/history.hpp"

#include <string_view>

namespace sluice::secrets {

/// How exposed a place is, the worst first.
enum class Exposure { uncommitted, head, tip, ref, message, tag, stash, dangling, standard_input };

/// Of a place in the history; whether it is at HEAD as well its paths tell.
[[nodiscard]] Exposure exposure_of(git::Reach reach);

/// Where a secret is: a clause that goes on from "it is".
[[nodiscard]] std::string_view state_of(Exposure exposure);
/// What comes of it: a sentence without beginning and final stop.
[[nodiscard]] std::string_view consequence_of(Exposure exposure);
/// The state in few words, for a line of a picture.
[[nodiscard]] std::string_view short_state_of(Exposure exposure);
/// Who fetches a branch has what is in its files and messages; the rest is for those who have this copy.
[[nodiscard]] Standing standing_of(Exposure exposure);

}  // namespace sluice::secrets
