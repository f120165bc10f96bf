// SPDX-License-Identifier: Apache-2.0
//
// The ways in which bytes are text. Those of a text in UTF-16 or UTF-32, or of a program that holds one, are read with
// the wide pieces narrowed (base/wide_text.hpp), and as they are stored too: what looks wide may have a credential of
// single bytes in it. All others are read once.
#pragma once

#include "secrets/leaks.hpp"
#include "secrets/vocabulary.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sluice::secrets {

/// Told of one way to read the bytes; the matches are of `text` and hold no secret that another way had already.
/// Neither outlives the call.
using Reading = std::function<void(std::string_view text, const Matches& matches)>;

/// Matches the bytes in each way in which they are text.
void match_readings(std::string_view bytes, MatchWorker& worker, const Reading& read);

/// As above if a secret touches `fresh` (git::ObjectView), else possibly nothing: the object that the rest was copied
/// from was matched.
void match_readings(std::string_view bytes, std::span<const Span> fresh, MatchWorker& worker, const Reading& read);

/// Adds what the bytes hold, in whatever way they are text.
void add_readings(std::string_view bytes, MatchWorker& worker, const Source& source, LeakCollection& leaks);

/// The way to read the bytes in which a person does.
[[nodiscard]] std::string readable(std::string bytes);

}  // namespace sluice::secrets
