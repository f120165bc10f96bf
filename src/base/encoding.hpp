// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace sluice {

/// The text as UTF-8, without a byte order mark. `encoding` is a name as `working-tree-encoding` of gitattributes has
/// it
/// ("UTF-16LE-BOM", "windows-1252"), in any case. Errors (ErrorKind::input): an encoding that is not among those that
/// are read, or text that is not of it.
[[nodiscard]] Result<std::string> to_utf8(std::string_view text, std::string_view encoding);

}  // namespace sluice
