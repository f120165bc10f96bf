// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace sluice::migrations {

/// Names of functions that SQL can call, parted by blanks and new lines, as scripts/known-functions read them from a
/// server's catalog.
extern const std::string_view built_in_function_names;
extern const std::string_view contrib_function_names;

}  // namespace sluice::migrations
