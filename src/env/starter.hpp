// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/file_tree.hpp"

#include <string>

namespace sluice::env {

/// The gate's section of a first .sluice.yml, with the dotenv files that the repository has.
[[nodiscard]] std::string starter(const gate::FileTree& tree);

}  // namespace sluice::env
