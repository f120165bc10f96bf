// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace sluice::gate {
class FileTree;
}  // namespace sluice::gate

namespace sluice::migrations {

/// The section `migrations:` of a first .sluice.yml: the directories and the tool that a run finds in the tree, or an
/// example that is commented out.
[[nodiscard]] std::string starter(const gate::FileTree& tree);

}  // namespace sluice::migrations
