// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

/// What may stand around a version of Composer (composer/semver, `VersionParser::normalize`) and does not count.
namespace sluice::deps {

/// As PHP's trim: vertical tab and NUL too.
[[nodiscard]] std::string_view without_composer_blanks(std::string_view text);

/// "1.0 as 2.0" is 1.0, and "1.0@beta" too. Blanks around are taken off.
[[nodiscard]] std::string_view without_composer_alias_and_flag(std::string_view text);

/// "1.0+build" is 1.0.
[[nodiscard]] std::string_view without_composer_build(std::string_view text);

}  // namespace sluice::deps
