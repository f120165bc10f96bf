// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/package.hpp"

#include <string_view>

namespace sluice::deps {

/// What a configuration of Gradle's is for, by the names that its plugins give: test code, what compilers and checks
/// run, everything else is shipped. `locks_runtime`: the lockfile locks a runtime classpath as well, so that what is on
/// the compile classpath alone is compiled against and not shipped.
[[nodiscard]] Scope gradle_scope(std::string_view configuration, bool locks_runtime);

}  // namespace sluice::deps
