// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/file_tree.hpp"

#include <string>

namespace sluice::deps {

/// The section `deps:` of a first .sluice.yml: the policy that holds without one, written out, and the lockfiles that a
/// run finds in the tree.
[[nodiscard]] std::string starter(const gate::FileTree& tree);

}  // namespace sluice::deps
