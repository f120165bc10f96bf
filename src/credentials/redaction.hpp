// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "credentials/matcher.hpp"

#include <string>
#include <string_view>

namespace sluice::credentials {

/// What may be shown of a secret: the prefix that all of its kind begin with and two characters more, so that its owner
/// can tell it from another; never more than a quarter of it; nothing where the kind has no prefix (passwords). Then
/// its length: `ghp_aB…(40 characters)`. Of a weak one (strength.hpp) no more than the prefix, and how long it is at
/// most: `…(8 to 15 characters)`.
[[nodiscard]] std::string redacted(const Rule& rule, std::string_view secret);

struct RedactedLine
{
  std::string text;
  Span secret;  ///< where in it what is shown of the secret is
};

/// The line on which `secret` begins, cut to at most 200 bytes before and after it, with everything concealed that any
/// rule recognised in it.
[[nodiscard]] RedactedLine redacted_line(std::string_view content, Span secret, const Matches& matches,
                                         std::span<const Rule> rules);

}  // namespace sluice::credentials
