// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace sluice::gate {
class FileTree;
}  // namespace sluice::gate

namespace sluice::secrets {

/// The section `secrets:` of a first .sluice.yml, whatever the tree, and how a finding is accepted, with a rule of this
/// gate for an example.
[[nodiscard]] std::string starter(const gate::FileTree& tree);

}  // namespace sluice::secrets
