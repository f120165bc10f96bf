// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "credentials/checksum.hpp"

#include <string>
#include <string_view>

namespace sluice::credentials {

/// Makes credentials out of descriptions of them. Examples in rule files and fixtures are written as templates, because
/// a repository that holds whole tokens, even invented ones, is refused by push protection and flagged by every
/// scanner.
///
/// `{{KIND:N}}` is N characters of base62, base64, base64url, hex, HEX, digits, alnum-lower, alnum-upper, base32, lower
/// or upper; `{{uuid}}` a UUID. `{{checksum}}` is what `checksum` demands after the text since the last white space,
/// quote or `=`. `{{b64json:JSON}}` is unpadded URL-safe base64, `{{b64std:TEXT}}` padded standard base64,
/// `{{lit:TEXT}}` the text itself. Anything else in double braces is left as it is.
///
/// The same seed and text give the same result for ever.
[[nodiscard]] std::string expand_template(std::string_view text, std::string_view seed, Checksum checksum);

/// As above for a fixture or an example of a rule: its id is the seed, its checksum the checksum.
[[nodiscard]] std::string expand_template(std::string_view text, std::string_view rule_id);

}  // namespace sluice::credentials
